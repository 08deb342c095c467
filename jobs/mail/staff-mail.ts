import { randomUUID } from 'node:crypto';
import type { Municipality } from '../../surveys/municipality/index.ts';
import type { Mail } from '../transport/index.ts';
import type { MailBody } from './blocks.ts';
import { footer } from './footer.ts';
import { type MailLanguage, mailTexts } from './language.ts';
import { type MailSettings, mailOf, renderBody } from './message.ts';
import { oneLine } from './one-line.ts';

interface StaffMail {
  to: string;
  municipality: Municipality;
  language: MailLanguage;
  /** Where the mail leads. */
  url: string;
}

/** The mail with a link that signs a member of staff in, once and for so many minutes. */
export function signInMail(settings: MailSettings, mail: StaffMail & { minutes: number }): Mail {
  return staffMail(settings, 'signIn', mail, { minutes: mail.minutes });
}

/** The mail that tells somebody that they were given access, and where to sign in. */
export function welcomeMail(settings: MailSettings, mail: StaffMail): Mail {
  return staffMail(settings, 'welcome', mail, {});
}

function staffMail(
  settings: MailSettings,
  kind: 'signIn' | 'welcome',
  { to, municipality, language, url }: StaffMail,
  values: Record<string, number>,
): Mail {
  const t = mailTexts(language);
  const named = { municipality: oneLine(municipality.name), ...values };
  const body: MailBody = {
    language,
    subject: t(`${kind}.subject`, named),
    blocks: [
      { kind: 'heading', text: t(`${kind}.heading`, named) },
      { kind: 'text', text: t(`${kind}.body`, named) },
      { kind: 'action', label: t(`${kind}.action`), copy: t('invitation.copy'), url },
      { kind: 'text', text: t(`${kind}.unasked`) },
      ...footer({ language, municipality, genuineUrl: `${settings.baseUrl}/genuine` }),
    ],
  };
  return mailOf(settings, renderBody(body), { to, municipality, messageKey: randomUUID() });
}
