import { expect } from 'chai';
import { mailLanguages, mailTexts } from '../../../jobs/mail/language.ts';
import en from '../../../jobs/mail/locales/en.json' with { type: 'json' };
import nl from '../../../jobs/mail/locales/nl.json' with { type: 'json' };

function keysOf(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([key, child]) =>
    typeof child === 'string' ? [`${path}${key} ${slots(child)}`] : keysOf(child, `${path}${key}.`),
  );
}

/** What a text leaves open: `{{municipality}}`. */
function slots(text: string): string {
  return [...text.matchAll(/\{\{\w+\}\}/g)].map(([slot]) => slot).join(' ');
}

describe('jobs/mail: the texts', () => {
  it('say the same things in Dutch and in English, with the same blanks to fill in', () => {
    expect(keysOf(en)).to.deep.equal(keysOf(nl));
  });

  it('tell how long it takes in the language itself, whatever its plurals are', () => {
    const effort = (language: (typeof mailLanguages)[number], count: number) =>
      mailTexts(language)('invitation.effort', { count });
    for (const language of mailLanguages.filter((one) => one !== 'nl'))
      for (const count of [1, 2, 3, 5, 10, 11, 21, 22, 25])
        expect(effort(language, count), `${language} ${count}`).not.to.equal(effort('nl', count));
  });
});
