import { findAction } from '../../surveys/actions/index.ts';
import type { Context } from '../../surveys/context.ts';
import { followerToken, followerToMail, noteNews } from '../../surveys/followers/index.ts';
import { displayNames, getMunicipality } from '../../surveys/municipality/index.ts';
import type { Notice } from '../../surveys/notices/index.ts';
import { type MailSettings, mailLanguage, type NoticeText } from '../mail/index.ts';
import { arenaText } from './arena-text.ts';
import { departmentToMail } from './department.ts';
import { overdueText } from './overdue-text.ts';
import { roundText } from './round-text.ts';

/** What a notice says and to whom, read when it goes. @returns undefined when it is to go to nobody (any more) */
export async function textOf(
  ctx: Context,
  notice: Notice,
  settings: MailSettings,
): Promise<NoticeText | undefined> {
  if (notice.kind === 'callbackAlert') return callbackAlert(ctx, notice, settings);
  if (notice.kind === 'arenaCheck') return arenaText(ctx, notice, settings);
  if (notice.kind === 'overdueDigest') return overdueText(ctx, notice, settings);
  if (notice.kind === 'roundInvitation' || notice.kind === 'roundReminder')
    return roundText(ctx, notice.kind, notice, settings);
  const follower = await followerToMail(ctx, notice.about);
  if (!follower) return undefined;
  const { _id, mailTo: to, product } = follower;
  const municipality = await getMunicipality();
  const language = mailLanguage(follower.language, municipality.languages);
  const topic =
    product === undefined
      ? municipality.name
      : ((await displayNames('product', language)).get(product) ?? product);
  const mail = { to, language, municipality, messageKey: notice._id, values: { topic } };
  const { baseUrl } = settings;
  if (notice.kind === 'followConfirm') {
    if (follower.confirmed) return undefined;
    const token = followerToken(ctx.keys, 'confirm', _id);
    return { kind: 'followConfirm', ...mail, url: `${baseUrl}/follow/confirm/${token}?lang=${language}` };
  }
  if (!follower.confirmed || notice.action === undefined) return undefined;
  const { told } = await findAction(notice.action);
  if (!told) return undefined;
  await noteNews(ctx, _id);
  return {
    kind: 'followNews',
    ...mail,
    url: `${baseUrl}/you-said-we-did${product === undefined ? '' : `/${product}`}?lang=${language}`,
    passages: [told.said, told.did],
    stopUrl: `${baseUrl}/follow/stop/${followerToken(ctx.keys, 'stop', _id)}`,
  };
}

/** Says that somebody waits, and nothing of who: the number stands on the page only. */
async function callbackAlert(
  { log }: Context,
  { _id, about }: Notice,
  { baseUrl }: MailSettings,
): Promise<NoticeText | undefined> {
  const department = await departmentToMail(about);
  if (!department) {
    log.warn('an urgent call-back wish waits, and its department has no address');
    return undefined;
  }
  return {
    kind: 'callbackAlert',
    to: department.email,
    language: 'nl',
    municipality: await getMunicipality(),
    url: `${baseUrl}/callbacks`,
    messageKey: _id,
    values: { department: department.name },
  };
}
