import i18next from 'i18next';
import en from '../locales/en.json' with { type: 'json' };
import nl from '../locales/nl.json' with { type: 'json' };

/** The languages of the pages; Dutch is what a page falls back on. */
export const locales = ['nl', 'en'] as const;
export type Locale = (typeof locales)[number];

type WithoutPlural<K> = K extends `${infer Base}_${'one' | 'other'}` ? Base : K;

/** A key of `server/locales/nl.json`; a plural is named without its ending. */
export type TextKey = WithoutPlural<keyof typeof nl>;

/** Gives the text of a key in one language. Values are put in as they are: preact escapes what it renders. */
export type Translate = (key: TextKey, values?: Record<string, string | number>) => string;

const texts = i18next.createInstance();
// At once: the texts are at hand, and a module that waits can not be required.
void texts.init({
  initAsync: false,
  resources: { nl: { translation: nl }, en: { translation: en } },
  fallbackLng: 'nl',
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  showSupportNotice: false,
});

const translators = {
  nl: texts.getFixedT('nl'),
  en: texts.getFixedT('en'),
};

/** The texts of the pages in one language. */
export function translator(locale: Locale): Translate {
  const translate = translators[locale];
  return (key, values) => translate(key, values ?? {});
}

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}

/**
 * The language of a page: what the reader asked for in `?lang=`, else what is known of the reader (the
 * language of the invitation), else what the browser prefers, else Dutch.
 */
export function chooseLocale(asked: unknown, known?: string, accepted?: string): Locale {
  if (isLocale(asked)) return asked;
  if (isLocale(known)) return known;
  const preferred = (accepted ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find(isLocale);
  return preferred ?? 'nl';
}

/** The tag by which dates and numbers are written in a language: as in the Netherlands, and as in Europe. */
export function formatTag(locale: Locale): string {
  return locale === 'nl' ? 'nl-NL' : 'en-GB';
}
