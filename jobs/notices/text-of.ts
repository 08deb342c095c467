import type { Context } from '../../surveys/context.ts';
import { displayNames, getMunicipality, listEntries } from '../../surveys/municipality/index.ts';
import type { Notice } from '../../surveys/notices/index.ts';
import type { MailSettings, NoticeText } from '../mail/index.ts';

/** What a notice says and to whom, read when it goes. @returns undefined when it is to go to nobody (any more) */
export async function textOf(
  ctx: Context,
  notice: Notice,
  settings: MailSettings,
): Promise<NoticeText | undefined> {
  return callbackAlert(ctx, notice, settings);
}

/** Says that somebody waits, and nothing of who: the number stands on the page only. */
async function callbackAlert(
  { log }: Context,
  { _id, about }: Notice,
  { baseUrl }: MailSettings,
): Promise<NoticeText | undefined> {
  const department = (await listEntries('department')).find(({ key }) => key === about);
  if (department?.email === undefined) {
    log.warn('an urgent call-back wish waits, and its department has no address');
    return undefined;
  }
  const names = await displayNames('department', 'nl');
  return {
    kind: 'callbackAlert',
    to: department.email,
    language: 'nl',
    municipality: await getMunicipality(),
    url: `${baseUrl}/callbacks`,
    messageKey: _id,
    values: { department: names.get(about) ?? about },
  };
}
