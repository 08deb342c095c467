import { expect } from 'chai';
import { isToken, lookupOf, mintToken, tokenKeys } from '../../../surveys/invitations/tokens.ts';

describe('a token', () => {
  it('has 192 random bits in 32 characters that a link may hold', () => {
    const tokens = new Set(Array.from({ length: 1_000 }, mintToken));
    expect(tokens.size).to.equal(1_000);
    for (const token of tokens)
      expect(token)
        .to.match(/^[A-Za-z0-9_-]{32}$/)
        .and.satisfy(isToken);
  });

  it('yields three ids that differ, always the same ones', () => {
    const token = mintToken();
    const keys = tokenKeys(token);
    expect(new Set(Object.values(keys)).size).to.equal(3);
    for (const id of Object.values(keys)) expect(id).to.match(/^[0-9a-f]{64}$/);
    expect(tokenKeys(token)).to.deep.equal(keys);
    expect(lookupOf(token)).to.equal(keys.lookup);
  });

  for (const text of [
    '',
    'a'.repeat(31),
    'a'.repeat(33),
    `${'a'.repeat(31)}/`,
    `${'a'.repeat(31)}\n`,
    `${'a'.repeat(32)}\n`,
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      expect(isToken(text)).to.equal(false);
    });
  }
});
