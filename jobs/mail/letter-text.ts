import type { InvitationText } from './invitation-mail.ts';
import { formatDay, type MailLanguage, mailTexts } from './language.ts';
import { oneLine } from './one-line.ts';

/** What of an invitation goes into a letter, and where its code is typed. */
export type LetterText = Pick<
  InvitationText,
  'language' | 'municipality' | 'occasion' | 'minutes' | 'expiresAt'
> & {
  startUrl: string;
  code: string;
};

/** Texts on paper are in a language that people wrote them in, and in Latin letters, which is all that is printed. */
export function letterLanguage(language: string): MailLanguage {
  return language === 'en' ? 'en' : 'nl';
}

/**
 * An invitation as the text of a letter: paragraphs with an empty line between. The subject of the mail stands above it;
 * the template draws the QR code.
 */
export function invitationLetter(invitation: LetterText): string {
  const { language, minutes, expiresAt, code } = invitation;
  const t = mailTexts(language);
  const site = invitation.startUrl.replace('https://', '');
  return [
    ...opening(invitation),
    t('invitation.effort', { count: minutes }),
    `${t('letter.how', { site })}\n${code}`,
    t('invitation.until', { date: formatDay(expiresAt, language) }),
    t('languageNote'),
    t('letter.privacy'),
    t('letter.genuine', { page: `${site}/genuine` }),
    ...contact(invitation),
  ].join('\n\n');
}

function opening({ language, occasion, municipality }: LetterText): string[] {
  const t = mailTexts(language);
  const department = `${t('on.department')}: ${oneLine(occasion.department)}`;
  if (occasion.kind === 'survey')
    return [oneLine(occasion.title), oneLine(occasion.introduction), department];
  const channel = `${t('on.channel')}: ${oneLine(occasion.channel)}`;
  return [
    t('invitation.opening', { municipality: oneLine(municipality.name) }),
    `${department}\n${channel}`,
    `${t('invitation.why')} ${t('invitation.skip')}`,
  ];
}

/** Paper has no link to opt out: who asks for that is opted out by erasing the address. */
function contact({ language, municipality }: LetterText): string[] {
  const t = mailTexts(language);
  const { phone, email, url } = municipality.contact;
  const lines = [phone, email, url].filter((line) => line !== undefined).map(oneLine);
  return [
    [t('footer.contact', { municipality: oneLine(municipality.name) }), ...lines].join('\n'),
    t('letter.optOut'),
  ];
}
