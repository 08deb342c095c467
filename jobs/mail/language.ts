import { createInstance, type TFunction } from 'i18next';
import en from './locales/en.json' with { type: 'json' };
import nl from './locales/nl.json' with { type: 'json' };

export type MailLanguage = 'nl' | 'en';

const texts = createInstance();
// At once: the texts are at hand, and a module that waits can not be required.
void texts.init({
  initAsync: false,
  resources: { nl: { translation: nl }, en: { translation: en } },
  lng: 'nl',
  fallbackLng: false,
  returnNull: false,
  showSupportNotice: false,
  // The plain part is no HTML, and preact escapes what goes into the HTML part.
  interpolation: { escapeValue: false },
});

/** Mail exists in Dutch and English; for any other language, and for none, it is Dutch. */
export function mailLanguage(language: string | undefined): MailLanguage {
  return language === 'en' || language?.startsWith('en-') ? 'en' : 'nl';
}

const fixed = { nl: texts.getFixedT('nl'), en: texts.getFixedT('en') };

export function mailTexts(language: MailLanguage): TFunction {
  return fixed[language];
}

const dayFormats = {
  nl: new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', dateStyle: 'long' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Amsterdam', dateStyle: 'long' }),
};

/** A day as people write it, in the time zone of the municipality: `12 maart 2026`. */
export function formatDay(date: Date, language: MailLanguage): string {
  return dayFormats[language].format(date);
}
