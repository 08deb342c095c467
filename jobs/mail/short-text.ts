import type { InvitationText } from './invitation-mail.ts';
import { mailTexts } from './language.ts';
import { oneLine } from './one-line.ts';

/** What of an invitation goes into a text message. */
export type ShortText = Pick<
  InvitationText,
  'kind' | 'language' | 'municipality' | 'occasion' | 'minutes' | 'answerUrl' | 'optOutUrl'
>;

/**
 * An invitation as a text message: who asks, the link, and how to stop. It does not say with whom the contact was, since it
 * may show on a locked phone.
 */
export function invitationShortText(invitation: ShortText): string {
  const t = mailTexts(invitation.language);
  return [opening(invitation), invitation.answerUrl, t('invitation.shortOptOut'), invitation.optOutUrl].join(
    ' ',
  );
}

function opening({ kind, language, occasion, minutes, ...from }: ShortText): string {
  const t = mailTexts(language);
  const municipality = oneLine(from.municipality.name);
  if (occasion.kind === 'contact') return t(`${kind}.shortText`, { municipality, minutes });
  const title = oneLine(occasion.title);
  const sentence =
    kind === 'reminder' ? t('reminder.surveySubject', { title, municipality }) : `${title} - ${municipality}`;
  return `${sentence}:`;
}
