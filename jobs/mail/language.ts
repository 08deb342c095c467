import { createInstance, type TFunction } from 'i18next';
import ar from './locales/ar.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import nl from './locales/nl.json' with { type: 'json' };
import pl from './locales/pl.json' with { type: 'json' };
import tr from './locales/tr.json' with { type: 'json' };
import uk from './locales/uk.json' with { type: 'json' };

/** The languages that mails to residents can be in. */
export const mailLanguages = ['nl', 'en', 'tr', 'ar', 'pl', 'uk'] as const;
export type MailLanguage = (typeof mailLanguages)[number];

const texts = createInstance();
// At once: the texts are at hand, and a module that waits can not be required.
void texts.init({
  initAsync: false,
  resources: {
    nl: { translation: nl },
    en: { translation: en },
    tr: { translation: tr },
    ar: { translation: ar },
    pl: { translation: pl },
    uk: { translation: uk },
  },
  lng: 'nl',
  fallbackLng: 'nl',
  returnNull: false,
  showSupportNotice: false,
  // The plain part is no HTML, and preact escapes what goes into the HTML part.
  interpolation: { escapeValue: false },
});

/**
 * The language of a mail to somebody who reads this language best: Dutch and English are always there, others where
 * the municipality offers them (`more`); for any other language, and for none, it is Dutch.
 */
export function mailLanguage(language: string | undefined, more: readonly MailLanguage[] = []): MailLanguage {
  const primary = language?.split('-')[0];
  return (['nl', 'en', ...more] as const).find((offered) => offered === primary) ?? 'nl';
}

const fixed = new Map(mailLanguages.map((language) => [language, texts.getFixedT(language)]));

/** The texts in one language; what is missing in it is in Dutch. */
export function mailTexts(language: MailLanguage): TFunction {
  return fixed.get(language) ?? texts.getFixedT('nl');
}

/** Whether the texts of a language were made by a machine and no reader of that language has approved them. */
export function isDraftLanguage(language: MailLanguage): boolean {
  return mailTexts(language)('status') === 'draft';
}

/** Which way a language is written. */
export function mailDirection(language: MailLanguage): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

const dayFormats = new Map(
  mailLanguages.map((language) => [
    language,
    new Intl.DateTimeFormat(dayTag(language), { timeZone: 'Europe/Amsterdam', dateStyle: 'long' }),
  ]),
);

function dayTag(language: MailLanguage): string {
  return { nl: 'nl-NL', en: 'en-GB', tr: 'tr', ar: 'ar', pl: 'pl', uk: 'uk' }[language];
}

/** A day as people write it, in the time zone of the municipality: `12 maart 2026`. */
export function formatDay(date: Date, language: MailLanguage): string {
  return dayFormats.get(language)!.format(date);
}
