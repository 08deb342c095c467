import type { TFunction } from 'i18next';
import type { Municipality } from '../../surveys/municipality/index.ts';
import type { Block, MailBody } from './blocks.ts';
import { draftNotice } from './draft-notice.ts';
import { footer } from './footer.ts';
import { formatDay, type MailLanguage, mailTexts } from './language.ts';
import { oneLine } from './one-line.ts';

/**
 * Why somebody is asked: a contact that they had, named by display names, or a survey that explains itself (a
 * quickscan, a client arena).
 */
export type Occasion =
  | { kind: 'contact'; department: string; channel: string }
  | { kind: 'survey'; title: string; introduction: string; department: string };

/** What an invitation or its reminder says. Of the person only the address is known, and that stands in no text. */
export interface InvitationText {
  kind: 'invitation' | 'reminder';
  language: MailLanguage;
  municipality: Municipality;
  occasion: Occasion;
  minutes: number;
  answerUrl: string;
  optOutUrl: string;
  genuineUrl: string;
  expiresAt: Date;
  /** What was done about this product with earlier reactions, and where more of it stands. */
  done?: { text: string; url: string } | undefined;
}

/** The body of an invitation or its reminder: what it is about, how long it takes, the link, and how to check or stop it. */
export function invitationBody(invitation: InvitationText): MailBody {
  const { language, answerUrl } = invitation;
  const t = mailTexts(language);
  const municipality = oneLine(invitation.municipality.name);
  const { subject, opening } = openingOf(invitation, municipality, t);
  return {
    language,
    subject,
    blocks: [
      ...draftNotice(language),
      ...opening,
      { kind: 'text', text: t('invitation.effort', { count: invitation.minutes }) },
      { kind: 'action', label: t('invitation.action'), copy: t('invitation.copy'), url: answerUrl },
      ...doneBlocks(invitation, t),
      { kind: 'text', text: t('invitation.until', { date: formatDay(invitation.expiresAt, language) }) },
      ...(invitation.kind === 'reminder' ? [{ kind: 'text', text: t('reminder.once') } as const] : []),
      { kind: 'text', text: t('languageNote'), language: language === 'nl' ? 'en' : 'nl' },
      { kind: 'text', text: t('invitation.privacy') },
      ...footer(invitation),
    ],
  };
}

function openingOf(
  { kind, occasion }: InvitationText,
  municipality: string,
  t: TFunction,
): { subject: string; opening: Block[] } {
  const department = { label: t('on.department'), value: oneLine(occasion.department) };
  if (occasion.kind === 'survey') {
    const title = oneLine(occasion.title);
    const again: Block[] = kind === 'reminder' ? [{ kind: 'text', text: t('reminder.surveyOpening') }] : [];
    return {
      subject:
        kind === 'reminder'
          ? t('reminder.surveySubject', { title, municipality })
          : `${title} - ${municipality}`,
      opening: [
        { kind: 'heading', text: title },
        ...again,
        { kind: 'text', text: oneLine(occasion.introduction) },
        { kind: 'facts', facts: [department] },
      ],
    };
  }
  return {
    subject: t(`${kind}.subject`, { municipality }),
    opening: [
      { kind: 'heading', text: t('invitation.heading') },
      { kind: 'text', text: t(`${kind}.opening`, { municipality }) },
      { kind: 'facts', facts: [department, { label: t('on.channel'), value: oneLine(occasion.channel) }] },
      { kind: 'text', text: `${t('invitation.why')} ${t('invitation.skip')}` },
    ],
  };
}

function doneBlocks({ done }: InvitationText, t: TFunction): Block[] {
  return done ? [{ kind: 'link', text: `${t('done.sentence')} ${oneLine(done.text)}`, url: done.url }] : [];
}

/** About 12 seconds a question, in whole minutes, at least one. */
export function minutesFor(questions: number): number {
  return Math.max(1, Math.ceil((questions * 12) / 60));
}
