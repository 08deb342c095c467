import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import en from '../../../server/locales/en.json' with { type: 'json' };
import nl from '../../../server/locales/nl.json' with { type: 'json' };
import { chooseLocale } from '../../../server/pages/i18n.ts';

describe('texts of the pages', () => {
  it('are there in both languages, and nothing more', () => {
    expect(Object.keys(en).sort()).to.deep.equal(Object.keys(nl).sort());
  });

  it('have the same values to fill in', () => {
    const gaps = (text: string) => (text.match(/{{\w+}}/g) ?? []).sort();
    for (const [key, text] of Object.entries(nl)) {
      expect(gaps(en[key as keyof typeof en]), key).to.deep.equal(gaps(text));
    }
  });

  it('are all used', () => {
    const sources = ['pages', 'staff'].flatMap((folder) =>
      readdirSync(`server/${folder}`, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file))
        .map((file) => readFileSync(`server/${folder}/${file}`, 'utf8')),
    );
    const code = sources.join('\n');
    const isUsed = (key: string) => {
      const name = key.replace(/_(one|other)$/, '');
      const parts = name.split('.');
      const families = parts.slice(1).map((_, place) => `${parts.slice(0, place + 1).join('.')}.`);
      return code.includes(`'${name}'`) || families.some((family) => code.includes(`\`${family}\${`));
    };
    expect(Object.keys(nl).filter((key) => !isUsed(key))).to.deep.equal([]);
  });

  it('speak to residents as "u"', () => {
    const words = Object.entries(nl).filter(([, text]) => /\b(je|jij|jou|jouw)\b/i.test(text));
    expect(words).to.deep.equal([]);
  });
});

describe('the language of a page', () => {
  it('is what the reader asks for, then what is known of the reader, then what the browser prefers', () => {
    expect(chooseLocale('en', 'nl', 'nl')).to.equal('en');
    expect(chooseLocale(undefined, 'en', 'nl')).to.equal('en');
    expect(chooseLocale(undefined, undefined, 'de-DE, en-GB;q=0.8, nl;q=0.5')).to.equal('en');
  });

  it('is Dutch when nothing says otherwise, and when what is asked is no language of ours', () => {
    expect(chooseLocale(undefined)).to.equal('nl');
    expect(chooseLocale(['en', 'nl'], 'ar', 'de')).to.equal('nl');
  });
});
