import type { Municipality } from '../../surveys/municipality/index.ts';
import type { MailBody } from './blocks.ts';
import { footer } from './footer.ts';
import { formatDay, type MailLanguage, mailTexts } from './language.ts';
import { oneLine } from './one-line.ts';

/** What an invitation says. Of the person only the address is known, and that stands in no text. */
export interface InvitationText {
  language: MailLanguage;
  municipality: Municipality;
  /** Display names. */
  department: string;
  channel: string;
  minutes: number;
  answerUrl: string;
  optOutUrl: string;
  genuineUrl: string;
  expiresAt: Date;
}

/** The body of an invitation: what it is about, how long it takes, the link, and how to check or stop it. */
export function invitationBody(invitation: InvitationText): MailBody {
  const { language, answerUrl } = invitation;
  const t = mailTexts(language);
  const municipality = oneLine(invitation.municipality.name);
  return {
    language,
    subject: t('invitation.subject', { municipality }),
    blocks: [
      { kind: 'heading', text: t('invitation.heading') },
      { kind: 'text', text: t('invitation.opening', { municipality }) },
      {
        kind: 'facts',
        facts: [
          { label: t('on.department'), value: oneLine(invitation.department) },
          { label: t('on.channel'), value: oneLine(invitation.channel) },
        ],
      },
      {
        kind: 'text',
        text: `${t('invitation.why')} ${t('invitation.effort', { count: invitation.minutes })}`,
      },
      { kind: 'action', label: t('invitation.action'), copy: t('invitation.copy'), url: answerUrl },
      { kind: 'text', text: t('invitation.until', { date: formatDay(invitation.expiresAt, language) }) },
      { kind: 'text', text: t('languageNote'), language: language === 'nl' ? 'en' : 'nl' },
      { kind: 'text', text: t('invitation.privacy') },
      ...footer(invitation),
    ],
  };
}

/** About 12 seconds a question, in whole minutes, at least one. */
export function minutesFor(questions: number): number {
  return Math.max(1, Math.ceil((questions * 12) / 60));
}
