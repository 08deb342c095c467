import mailAr from '../jobs/mail/locales/ar.json' with { type: 'json' };
import mailEn from '../jobs/mail/locales/en.json' with { type: 'json' };
import mailNl from '../jobs/mail/locales/nl.json' with { type: 'json' };
import mailPl from '../jobs/mail/locales/pl.json' with { type: 'json' };
import mailTr from '../jobs/mail/locales/tr.json' with { type: 'json' };
import mailUk from '../jobs/mail/locales/uk.json' with { type: 'json' };
import { catalogue } from '../surveys/catalog/index.ts';
import { translations } from '../surveys/catalog/translations/index.ts';
import { dutchTexts } from '../surveys/definitions/translations.ts';
import ar from './locales/ar.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import nl from './locales/nl.json' with { type: 'json' };
import pl from './locales/pl.json' with { type: 'json' };
import tr from './locales/tr.json' with { type: 'json' };
import uk from './locales/uk.json' with { type: 'json' };
import { isForResidents } from './pages/resident-texts.ts';

type Texts = Record<string, unknown>;

/** Pages and mails of each language. */
const files: Record<string, { pages: Texts; mails: Texts }> = {
  en: { pages: en, mails: mailEn },
  tr: { pages: tr, mails: mailTr },
  ar: { pages: ar, mails: mailAr },
  pl: { pages: pl, mails: mailPl },
  uk: { pages: uk, mails: mailUk },
};

/** How far a language is, besides Dutch, the language that all texts are written in first. */
export interface LanguageState {
  language: string;
  /** A draft was made by a machine, and no reader of the language has approved it. */
  status: string;
  /** Each place with texts: how many it needs, and the keys (of surveys: the Dutch texts) that are missing. */
  places: { place: 'pages' | 'mails' | 'customer-journey'; texts: number; missing: string[] }[];
}

/** The state of every language. English needs all texts, the others those that residents read. */
export function languageStates(): LanguageState[] {
  const journey = dutchTexts(catalogue[0]);
  return Object.entries(files).map(([language, { pages, mails }]) => {
    const needed = (key: string) => language === 'en' || isForResidents(key);
    const translated = translations.find((one) => one.language === language)?.texts;
    return {
      language,
      status: String(pages['language.status']),
      places: [
        place('pages', Object.keys(nl).filter(needed), pages),
        place(
          'mails',
          keysOf(mailNl).filter((key) => language === 'en' || isForMail(key)),
          flat(mails),
        ),
        place(
          'customer-journey',
          journey,
          translated ?? Object.fromEntries(journey.map((text) => [text, text])),
        ),
      ],
    };
  });
}

function place(name: LanguageState['places'][number]['place'], needed: string[], there: Texts) {
  return { place: name, texts: needed.length, missing: needed.filter((key) => !Object.hasOwn(there, key)) };
}

/** Mails to residents; letters, and what is mailed to staff, are in Dutch and English. */
function isForMail(key: string): boolean {
  return !/^(letter|test|signIn|welcome|callbackAlert|round\w+|arenaCheck|overdueDigest)\./.test(key);
}

function flat(texts: Texts): Texts {
  return Object.fromEntries(keysOf(texts).map((key) => [key, true]));
}

function keysOf(texts: Texts, path = ''): string[] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [`${path}${key}`] : keysOf(text as Texts, `${path}${key}.`),
  );
}
