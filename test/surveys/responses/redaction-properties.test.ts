import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { composeIBAN } from 'ibantools';
import { passesElevenTest } from '../../../surveys/responses/redaction/bsn.ts';
import { inDigits } from '../../../surveys/responses/redaction/number-words.ts';
import { asWritten } from '../../../surveys/responses/redaction/view.ts';
import { findPersonalData, type PersonalDataKind, redact } from '../../../surveys/responses/redaction.ts';

interface Comment {
  text: string;
  spans: unknown[];
}

const comments: Comment[] = readFileSync(new URL('../../redaction/comments.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** Whole sentences without personal data, as residents write them, but the few in which redaction is known to err. */
const sentence = fc.constantFrom(
  ...comments
    .filter(({ text, spans }) => spans.length === 0 && findPersonalData(text).length === 0)
    .map(({ text }) => text),
);
const leadIn = fc.constantFrom(
  '',
  'Mijn gegevens: ',
  'Het is ',
  'I can be found with ',
  '(',
  '"',
  '\n',
  '👍 ',
);
const after = fc.constantFrom('.', '. ', ', dank u.', '!', ')', '\n', ' 👍', ' graag.');

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => list.join(''));
const inForm = (form: string, number: string) => {
  let next = 0;
  return form.replace(/#/g, () => number[next++]!);
};
const lowerOrUpper = (text: string, lower: boolean) => (lower ? text.toLowerCase() : text);

const phone = fc
  .tuple(
    fc.constantFrom(
      ...['06-########', '06########', '06 ## ## ## ##', '06 #### ####', '+316########', '+31 6 ########'],
      ...['+31 (0)6 ## ## ## ##', '0031 6 ########', '06.##.##.##.##', '(06) ########', '06/########'],
      ...['036-#######', '036 ### ## ##', '(036) #######'],
    ),
    digits(7),
  )
  .map(([form, rest]) => inForm(form, `5${rest}`));

const phoneInWords = digits(8).map((rest) => {
  const words = ['nul', 'een', 'twee', 'drie', 'vier', 'vijf', 'zes', 'zeven', 'acht', 'negen'];
  return ['nul', 'zes', ...[...rest].map((digit) => words[Number(digit)])].join(' ');
});

const iban = fc
  .oneof(
    fc
      .tuple(fc.constantFrom('ABNA', 'INGB', 'RABO', 'TRIO'), digits(10))
      .map(([bank, account]) => composeIBAN({ countryCode: 'NL', bban: bank + account })!),
    digits(18).map((bban) => composeIBAN({ countryCode: 'DE', bban })!),
  )
  .chain((plain) =>
    fc.record({ plain: fc.constant(plain), gap: fc.constantFrom('', ' ', '-', '.'), lower: fc.boolean() }),
  )
  .map(({ plain, gap, lower }) => lowerOrUpper(plain.replace(/(.{4})(?=.)/g, `$1${gap}`), lower));

const nineDigits = fc
  .tuple(fc.integer({ min: 1, max: 9 }), digits(8))
  .map(([first, rest]) => `${first}${rest}`);
const bsn = fc
  .tuple(nineDigits.filter(passesElevenTest), fc.constantFrom('#########', '### ### ###', '####.##.###'))
  .map(([number, form]) => inForm(form, number));

const email = fc
  .tuple(
    fc.stringMatching(/^[a-z]{2,8}([._-][a-z]{2,8}){0,2}[0-9]{0,2}$/),
    fc.stringMatching(/^[a-z]{3,10}(-[a-z]{2,8})?$/),
    fc.constantFrom('nl', 'com', 'org', 'example', 'amsterdam'),
    fc.boolean(),
  )
  .map(([name, host, top, lower]) => lowerOrUpper(`${name}@${host}.${top}`.toUpperCase(), lower));

const letter = fc.constantFrom(...'BCDFGHJKLMNPRTVWXZ');
const postcode = fc.tuple(fc.integer({ min: 1000, max: 9999 }), letter, letter, fc.constantFrom('', ' '));
const houseNumber = fc
  .tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom('', 'a', 'B', '-2', ' bis'))
  .map(([number, addition]) => `${number}${addition}`);
const address = fc
  .tuple(postcode, houseNumber, fc.constantFrom('@ #', '@, nr. #', '@ huisnummer #'))
  .map(([[area, first, second, gap], number, form]) =>
    form.replace('#', number).replace('@', `${area}${gap}${first}${second}`),
  );

const anything: Record<string, { kind: PersonalDataKind; data: fc.Arbitrary<string> }> = {
  'phone number': { kind: 'phone', data: phone },
  'phone number in words': { kind: 'phone', data: phoneInWords },
  IBAN: { kind: 'iban', data: iban },
  BSN: { kind: 'bsn', data: bsn },
  'e-mail address': { kind: 'email', data: email },
  'postcode with a house number': { kind: 'address', data: address },
};

describe('redaction of any personal data', () => {
  for (const [name, { kind, data }] of Object.entries(anything)) {
    it(`finds a ${name} in any comment, and nothing else`, () => {
      const parts = fc.tuple(sentence, leadIn, data, after, sentence);
      fc.assert(
        fc.property(parts, ([before, lead, piece, end, rest]) => {
          // A BSN that digits follow, or words for them, may be read as a phone number with them.
          const read = inDigits(asWritten(`${piece}${end} ${rest}`)).text;
          fc.pre(kind !== 'bsn' || !/^[^\p{L}\d]*\d/u.test(read.slice(piece.length)));
          const start = `${before}. ${lead}`;
          const found = findPersonalData(`${start}${piece}${end} ${rest}`);
          expect(found).to.deep.equal([{ kind, start: start.length, end: start.length + piece.length }]);
        }),
        { numRuns: 300 },
      );
    });
  }

  it('leaves nine digits that fail the eleven-test, unless they are called a BSN', () => {
    const failing = nineDigits.filter((number) => !passesElevenTest(number));
    fc.assert(
      fc.property(failing, (number) => {
        expect(redact(`nummer ${number}.`)).to.equal(`nummer ${number}.`);
        expect(redact(`bsn ${number}.`)).to.equal('bsn [bsn].');
      }),
    );
  });

  const pieces = fc.oneof(
    ...Object.values(anything).map(({ data }) => data),
    sentence,
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '[telefoon]',
      '[e-mail]',
      'bsn ',
      'tel ',
      'zaaknummer ',
      '1315 AB',
      '@',
      '.nl',
      '+',
      '06',
      '12',
    ),
  );
  const mixture = fc
    .array(pieces, { maxLength: 8 })
    .chain((parts) => fc.constantFrom('', ' ', '-', ', ', '/').map((joint) => parts.join(joint)));

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(mixture, (text) => {
        const once = redact(text);
        expect(redact(once)).to.equal(once);
      }),
      { numRuns: 500 },
    );
  });

  it('finds pieces in order, none empty, none in another', () => {
    fc.assert(
      fc.property(mixture, (text) => {
        let from = 0;
        for (const { start, end } of findPersonalData(text)) {
          expect(start).to.be.at.least(from);
          expect(end).to.be.above(start).and.at.most(text.length);
          from = end;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('does not hang on 10,000 hostile characters', () => {
    const hostile = [
      ...[
        'a.',
        '1315 ',
        'jan punt ',
        '0612 ',
        '@a.',
        'a at b dot ',
        '1 ',
        'a-',
        'NL12 ',
        ' (at) a',
        '12, 1315',
      ],
      ...[
        'nul zes ',
        '9 9 9 9 ',
        '_at_a',
        '((',
        'a@',
        '1315 ab, aa weg ',
        'zaaknummer van a ',
        '\u0661',
        '\u200b',
      ],
    ];
    for (const piece of hostile) {
      const text = piece.repeat(10_000 / piece.length);
      const start = performance.now();
      redact(text);
      expect(performance.now() - start, piece).to.be.below(20_000);
    }
  });
});
