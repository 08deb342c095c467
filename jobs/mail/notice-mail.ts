import type { Municipality } from '../../surveys/municipality/index.ts';
import type { NoticeKind } from '../../surveys/notices/index.ts';
import type { Mail } from '../transport/index.ts';
import type { Block, MailBody } from './blocks.ts';
import { draftNotice } from './draft-notice.ts';
import { footer } from './footer.ts';
import { type MailLanguage, mailTexts } from './language.ts';
import { type MailSettings, mailOf, renderBody } from './message.ts';
import { oneLine } from './one-line.ts';

/** A short mail: what it says, and the one place that it leads to. */
export interface NoticeText {
  /** Names its texts: `NAME.subject`, `.heading`, `.body`, `.action`. */
  kind: NoticeKind;
  to: string;
  language: MailLanguage;
  municipality: Municipality;
  url: string;
  /** 32 hex characters, the same for each attempt. */
  messageKey: string;
  /** What the texts name, besides the municipality. */
  values?: Record<string, string>;
  /** Passages as somebody wrote them: in Dutch. */
  passages?: string[];
  /** Other places that it leads to, with what stands there. */
  links?: { text: string; url: string }[];
  /** Where to end these mails with one click. */
  stopUrl?: string;
}

/** The mail of a notice. */
export function noticeMail(settings: MailSettings, notice: NoticeText): Mail {
  const { kind, to, language, municipality, url, messageKey, passages = [], links = [], stopUrl } = notice;
  const t = mailTexts(language);
  const named = Object.fromEntries(
    Object.entries({ municipality: municipality.name, ...notice.values }).map(([name, value]) => [
      name,
      oneLine(value),
    ]),
  );
  const body: MailBody = {
    language,
    subject: t(`${kind}.subject`, named),
    blocks: [
      ...draftNotice(language),
      { kind: 'heading', text: t(`${kind}.heading`, named) },
      { kind: 'text', text: t(`${kind}.body`, named) },
      ...passages.map(
        (text): Block => ({ kind: 'text', text, ...(language !== 'nl' && { language: 'nl' }) }),
      ),
      { kind: 'action', label: t(`${kind}.action`, named), copy: t('invitation.copy'), url },
      ...links.map((link): Block => ({ kind: 'link', ...link })),
      ...footer({
        language,
        municipality,
        genuineUrl: `${settings.baseUrl}/genuine`,
        ...(stopUrl && { optOutUrl: stopUrl }),
      }),
    ],
  };
  return mailOf(settings, renderBody(body), {
    to,
    municipality,
    messageKey,
    ...(stopUrl && { optOutUrl: stopUrl }),
  });
}
