import i18next from 'i18next';
import ar from '../locales/ar.json' with { type: 'json' };
import en from '../locales/en.json' with { type: 'json' };
import nl from '../locales/nl.json' with { type: 'json' };
import pl from '../locales/pl.json' with { type: 'json' };
import tr from '../locales/tr.json' with { type: 'json' };
import uk from '../locales/uk.json' with { type: 'json' };

/** The languages that every page is written in; Dutch is what a page falls back on. */
export const locales = ['nl', 'en'] as const;

/**
 * The languages that only the pages of residents are written in. A municipality chooses which of them it offers;
 * a text that is missing is shown in Dutch.
 */
const residentLocales = ['tr', 'ar', 'pl', 'uk'] as const;
export type Locale = (typeof locales)[number] | (typeof residentLocales)[number];

type WithoutPlural<K> = K extends `${infer Base}_${'one' | 'other'}` ? Base : K;

/** A key of `server/locales/nl.json`; a plural is named without its ending. */
export type TextKey = WithoutPlural<keyof typeof nl>;

/** Gives the text of a key in one language. Values are put in as they are: preact escapes what it renders. */
export type Translate = (key: TextKey, values?: Record<string, string | number>) => string;

const texts = i18next.createInstance();
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
  fallbackLng: 'nl',
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  showSupportNotice: false,
});

const translators = new Map([...locales, ...residentLocales].map((locale) => [locale, translatorOf(locale)]));

/** The texts of the pages in one language. */
export function translator(locale: Locale): Translate {
  return translators.get(locale) ?? translatorOf('nl');
}

/** Keeps the texts that hold no values: a page asks for the same ones hundreds of times. */
function translatorOf(lng: Locale): Translate {
  const fixed = new Map<TextKey, string>();
  return (key, values) => {
    if (values) return texts.t(key, { ...values, lng });
    const text = fixed.get(key) ?? texts.t(key, { lng });
    fixed.set(key, text);
    return text;
  };
}

/** Which way a language is written. */
export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return translator(locale)('language.direction') === 'rtl' ? 'rtl' : 'ltr';
}

/** Whether the texts of a language were made by a machine and no reader of that language has approved them. */
export function isDraft(locale: Locale): boolean {
  return translator(locale)('language.status') === 'draft';
}

/**
 * The language of a page, of those it is offered in: what the reader asked for in `?lang=`, else what is known of
 * the reader (the language of the invitation), else what the browser prefers, else Dutch.
 */
export function chooseLocale(
  asked: unknown,
  known?: string,
  accepted?: string,
  offered: readonly Locale[] = locales,
): Locale {
  const isOffered = (value: unknown): value is Locale => offered.some((locale) => locale === value);
  if (isOffered(asked)) return asked;
  if (isOffered(known)) return known;
  const preferred = (accepted ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find(isOffered);
  return preferred ?? 'nl';
}

const formatTags: Partial<Record<Locale, string>> = { nl: 'nl-NL', en: 'en-GB' };

/** The tag by which dates and numbers are written in a language: as in the Netherlands, and as in Europe. */
export function formatTag(locale: Locale): string {
  return formatTags[locale] ?? locale;
}
