import type { Context } from '../../surveys/context.ts';
import { getMunicipality } from '../../surveys/municipality/index.ts';
import type { Notice } from '../../surveys/notices/index.ts';
import { digestToSend } from '../../surveys/overdue/index.ts';
import { type MailSettings, mailTexts, type NoticeText } from '../mail/index.ts';
import { departmentToMail } from './department.ts';

/**
 * Tells a department how many call-backs and actions are overdue: two counts, and nothing of whom or what.
 * @returns undefined when its day is over, nothing is overdue any more, or the department has no address
 */
export async function overdueText(
  ctx: Context,
  { _id, about, plannedOn }: Notice,
  { baseUrl }: MailSettings,
): Promise<NoticeText | undefined> {
  const overdue = await digestToSend(ctx, about, plannedOn);
  const department = overdue && (await departmentToMail(about));
  if (!overdue || !department) return undefined;
  const t = mailTexts('nl');
  const lists = (['callbacks', 'actions'] as const)
    .filter((kind) => overdue[kind] > 0)
    .map((kind) => ({
      text: t(`overdueDigest.${kind}`, { count: overdue[kind] }),
      list: t(`overdueDigest.${kind}List`),
      url: `${baseUrl}/${kind}`,
    }));
  const [first, ...others] = lists;
  if (!first) return undefined;
  return {
    kind: 'overdueDigest',
    to: department.email,
    language: 'nl',
    municipality: await getMunicipality(),
    url: first.url,
    messageKey: _id,
    values: { department: department.name, list: first.list },
    passages: lists.map(({ text }) => text),
    links: others.map(({ list, url }) => ({ text: t('overdueDigest.other', { list }), url })),
  };
}
