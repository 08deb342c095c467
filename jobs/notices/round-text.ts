import { inAmsterdam } from '../../surveys/calendar.ts';
import type { Context } from '../../surveys/context.ts';
import { findRound, recipientToMail, viewRound } from '../../surveys/golden-ear/index.ts';
import { displayNames, getMunicipality } from '../../surveys/municipality/index.ts';
import type { Notice } from '../../surveys/notices/index.ts';
import { codeOf, sharedLinkUrl } from '../../surveys/shared-links/index.ts';
import type { MailSettings, NoticeText } from '../mail/index.ts';

/**
 * Asks a colleague to answer the quickscan: everybody gets the same link.
 * @returns undefined when the round is not open any more
 */
export async function roundText(
  ctx: Context,
  kind: 'roundInvitation' | 'roundReminder',
  { _id, about }: Notice,
  { baseUrl }: MailSettings,
): Promise<NoticeText | undefined> {
  const recipient = await recipientToMail(ctx, about);
  const round = recipient && (await findRound(recipient.round));
  if (!recipient || !round) return undefined;
  const { link, state } = await viewRound(ctx, round);
  if (state !== 'open') return undefined;
  const names = await displayNames('department', 'nl');
  return {
    kind,
    to: recipient.mailTo,
    language: 'nl',
    municipality: await getMunicipality(),
    url: sharedLinkUrl(baseUrl, codeOf(ctx, link)),
    messageKey: _id,
    values: {
      department: names.get(round.department) ?? round.department,
      // The last day: it closes at the midnight after.
      day: inAmsterdam(new Date(link.closesAt.getTime() - 1))
        .setLocale('nl')
        .toFormat('d MMMM'),
    },
  };
}
