import { expect } from 'chai';
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
});
