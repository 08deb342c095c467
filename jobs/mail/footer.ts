import type { Municipality } from '../../surveys/municipality/index.ts';
import type { Block } from './blocks.ts';
import { type MailLanguage, mailTexts } from './language.ts';
import { oneLine } from './one-line.ts';

interface Footer {
  language: MailLanguage;
  municipality: Municipality;
  genuineUrl: string;
  optOutUrl?: string;
}

/** The end of every mail: is it genuine, what happens with the data, whom to ask, how to stop. */
export function footer({ language, municipality, genuineUrl, optOutUrl }: Footer): Block[] {
  const t = mailTexts(language);
  const { contact } = municipality;
  const lines = [contact.phone, contact.email, contact.url, contact.address].filter(
    (line) => line !== undefined,
  );
  return [
    { kind: 'rule' },
    { kind: 'link', text: t('footer.genuine'), url: genuineUrl },
    { kind: 'text', text: t('footer.neverAsk') },
    { kind: 'link', text: t('footer.privacyStatement'), url: municipality.privacyStatementUrl },
    {
      kind: 'contact',
      text: t('footer.contact', { municipality: oneLine(municipality.name) }),
      lines: lines.map(oneLine),
    },
    ...(optOutUrl ? [{ kind: 'link', text: t('footer.optOut'), url: optOutUrl } as const] : []),
  ];
}
