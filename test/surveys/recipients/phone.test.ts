import { expect } from 'chai';
import { normalisePhone } from '../../../surveys/recipients/phone.ts';

describe('a phone number', () => {
  for (const text of [
    '06 1234 5678',
    '06-12345678',
    '+31 6 12345678',
    '0031612345678',
    '+31 (0)6 12345678',
  ]) {
    it(`is one number however it is written: ${text}`, () => {
      expect(normalisePhone(text)).to.equal('+31612345678');
    });
  }

  it('may be of another country', () => {
    expect(normalisePhone('+32 470 12 34 56')).to.equal('+32470123456');
  });

  for (const text of ['', 'bel mij', '12', '+31 6 1234567890123']) {
    it(`is not "${text}"`, () => {
      expect(normalisePhone(text)).to.equal(undefined);
    });
  }
});
