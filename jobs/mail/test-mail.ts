import { randomUUID } from 'node:crypto';
import type { Municipality } from '../../surveys/municipality/index.ts';
import type { Mail } from '../transport/index.ts';
import type { MailBody } from './blocks.ts';
import { footer } from './footer.ts';
import { type MailLanguage, mailTexts } from './language.ts';
import { type MailSettings, mailOf, renderBody } from './message.ts';
import { oneLine } from './one-line.ts';

interface TestMail {
  to: string;
  municipality: Municipality;
  language: MailLanguage;
}

/** A mail that shows an administrator that sending works; each one has a Message-ID of its own. */
export function testMail(settings: MailSettings, { to, municipality, language }: TestMail): Mail {
  const t = mailTexts(language);
  const name = oneLine(municipality.name);
  const body: MailBody = {
    language,
    subject: t('test.subject', { municipality: name }),
    blocks: [
      { kind: 'heading', text: t('test.heading') },
      { kind: 'text', text: t('test.body') },
      ...footer({ language, municipality, genuineUrl: `${settings.baseUrl}/genuine` }),
    ],
  };
  return mailOf(settings, renderBody(body), { to, municipality, messageKey: randomUUID() });
}
