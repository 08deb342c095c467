import { expect } from 'chai';
import { mailLanguages, mailTexts } from '../../jobs/mail/index.ts';
import { languageStates } from '../../server/languages.ts';
import ar from '../../server/locales/ar.json' with { type: 'json' };
import nl from '../../server/locales/nl.json' with { type: 'json' };
import pl from '../../server/locales/pl.json' with { type: 'json' };
import tr from '../../server/locales/tr.json' with { type: 'json' };
import uk from '../../server/locales/uk.json' with { type: 'json' };
import { isForResidents } from '../../server/pages/resident-texts.ts';
import { catalogue } from '../../surveys/catalog/index.ts';
import { translations } from '../../surveys/catalog/translations/index.ts';
import { dutchTexts, withTranslations } from '../../surveys/definitions/translations.ts';

const drafts: Record<string, Record<string, string>> = { tr, ar, pl, uk };

describe('languages', () => {
  it('English has every text of pages, mails and the customer journey', () => {
    const english = languageStates().find(({ language }) => language === 'en');
    expect(english?.status).to.equal('complete');
    expect(english?.places.flatMap(({ missing }) => missing)).to.deep.equal([]);
  });

  it('a language for residents says of each text that it lacks which one it is', () => {
    const turkish = languageStates().find(({ language }) => language === 'tr');
    const pages = turkish?.places.find(({ place }) => place === 'pages');
    const needed = Object.keys(nl).filter(isForResidents);
    expect(pages?.missing).to.deep.equal(needed.filter((key) => !(key in tr)));
  });

  for (const [language, texts] of Object.entries(drafts)) {
    it(`${language}: no text that Dutch does not have, and the same blanks to fill in`, () => {
      const blanks = (text: string) => (text.match(/{{\w+}}/g) ?? []).sort();
      for (const [key, text] of Object.entries(texts)) {
        expect(nl, key).to.have.property(key);
        expect(blanks(text), key).to.deep.equal(blanks(nl[key as keyof typeof nl]));
      }
    });
  }

  it('mails to residents are there in every language, with the same blanks to fill in', () => {
    const blanks = (text: string) => (text.match(/{{\w+}}/g) ?? []).sort();
    for (const { language, places } of languageStates())
      expect(places.find(({ place }) => place === 'mails')?.missing, language).to.deep.equal([]);
    const dutch = mailTexts('nl');
    const raw = { skipInterpolation: true };
    for (const language of mailLanguages)
      for (const kind of ['followConfirm', 'followNews'])
        for (const part of ['subject', 'heading', 'body', 'action'].map((name) => `${kind}.${name}`))
          expect(blanks(mailTexts(language)(part, raw)), `${language} ${part}`).to.deep.equal(
            blanks(dutch(part, raw)),
          );
  });

  it('translate the customer journey, and nothing that is no text of a survey', () => {
    const known = new Set(catalogue.flatMap(dutchTexts));
    for (const { language, texts } of translations) {
      expect(
        Object.keys(texts).filter((text) => !known.has(text)),
        language,
      ).to.deep.equal([]);
      expect(
        dutchTexts(catalogue[0]).filter((text) => !texts[text]),
        language,
      ).to.deep.equal([]);
    }
  });

  it('what a definition says itself in a language stands, and a Dutch text that changed has no translation', () => {
    const own = { nl: 'Voelde u zich gehoord?', tr: 'Kendi sorumuz' };
    expect(withTranslations({ text: own }).text).to.include({
      tr: 'Kendi sorumuz',
      pl: 'Czy czuli się Państwo wysłuchani?',
    });
    expect(withTranslations({ text: { nl: 'Voelde u zich goed gehoord?' } }).text).to.deep.equal({
      nl: 'Voelde u zich goed gehoord?',
    });
  });
});
