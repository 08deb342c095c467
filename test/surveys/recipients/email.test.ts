import { expect } from 'chai';
import fc from 'fast-check';
import { normaliseEmail } from '../../../surveys/recipients/email.ts';

describe('an e-mail address', () => {
  const same: [what: string, one: string, other: string][] = [
    ['case', 'Jan@Voorbeeld.example', 'jan@voorbeeld.example'],
    ['a plus-tag', 'jan+almere@voorbeeld.example', 'jan@voorbeeld.example'],
    ['spaces around it', ' jan@voorbeeld.example ', 'jan@voorbeeld.example'],
    ['full-width letters', 'ｊａｎ@voorbeeld.example', 'jan@voorbeeld.example'],
    ['a domain in Unicode or punycode', 'jan@gemeenté.example', 'jan@xn--gemeent-hya.example'],
  ];
  for (const [what, one, other] of same) {
    it(`is one mailbox whatever ${what}`, () => {
      expect(normaliseEmail(one)?.normalised).to.be.a('string').and.equal(normaliseEmail(other)?.normalised);
    });
  }

  it('is mailed as it was given: the tag and the case of the name are its owner’s', () => {
    expect(normaliseEmail('Jan+Almere@Voorbeeld.example')?.mailTo).to.equal('Jan+Almere@voorbeeld.example');
  });

  const wrong = [
    '',
    'jan',
    'jan@',
    '@voorbeeld.example',
    'jan@localhost',
    'jan@@voorbeeld.example',
    'jan@voorbeeld.example, piet@voorbeeld.example',
    'Jan <jan@voorbeeld.example>',
    'jan@voorbeeld.example\r\nBcc: piet@voorbeeld.example',
    'jan\u0000@voorbeeld.example',
    'jan@-voorbeeld.example',
    'jan@192.0.2.1',
    `${'j'.repeat(65)}@voorbeeld.example`,
  ];
  for (const text of wrong) {
    it(`is not ${JSON.stringify(text.slice(0, 40))}`, () => {
      expect(normaliseEmail(text)).to.equal(undefined);
    });
  }

  it('can never bring a line break, a list or a name into a mail header, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (text) => {
        const email = normaliseEmail(text);
        if (email) expect(email.mailTo).to.match(/^[^\s<>,;:"\p{C}]+@[a-z0-9.-]+$/u);
      }),
    );
  });

  it('normalises to itself', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (text) => {
        const email = normaliseEmail(text);
        if (email) expect(normaliseEmail(email.normalised)?.normalised).to.equal(email.normalised);
      }),
    );
  });
});
