import type { Block } from './blocks.ts';
import { isDraftLanguage, type MailLanguage, mailTexts } from './language.ts';

/** What stands on top of a mail in a language that nobody who reads it has approved; nothing in other languages. */
export function draftNotice(language: MailLanguage): Block[] {
  return isDraftLanguage(language) ? [{ kind: 'text', text: mailTexts(language)('draftNotice') }] : [];
}
