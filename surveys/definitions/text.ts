import type { LocalisedText } from '../../schemas/generated/survey-definition.ts';

/** The text in the locale asked for, else in Dutch, the one language that every text has. */
export function textIn(text: LocalisedText, locale: string): string {
  return text[locale] ?? text.nl;
}
