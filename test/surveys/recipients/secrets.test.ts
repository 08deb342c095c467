import { expect } from 'chai';
import { deriveKeys } from '../../../surveys/keys.ts';
import { addressHash, openAddress, sealAddress } from '../../../surveys/recipients/address.ts';
import { openOptOutToken, optOutToken } from '../../../surveys/recipients/opt-out-token.ts';

const keys = deriveKeys('a secret for tests only');
const otherKeys = deriveKeys('another secret');

describe('a sealed address', () => {
  it('opens for the invitation it was sealed for, and shows nothing', () => {
    const sealed = sealAddress(keys, 'jan@voorbeeld.example', 'invitation-1');
    expect(openAddress(keys, sealed, 'invitation-1')).to.equal('jan@voorbeeld.example');
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.to.contain('jan');
  });

  it('looks different each time', () => {
    expect(sealAddress(keys, 'jan@voorbeeld.example', 'a')).not.to.equal(
      sealAddress(keys, 'jan@voorbeeld.example', 'a'),
    );
  });

  it('opens neither for another invitation, nor with another key, nor after a change', () => {
    const sealed = sealAddress(keys, 'jan@voorbeeld.example', 'invitation-1');
    const changed = (sealed.startsWith('A') ? 'B' : 'A') + sealed.slice(1);
    expect(() => openAddress(keys, sealed, 'invitation-2')).to.throw('can not be opened');
    expect(() => openAddress(otherKeys, sealed, 'invitation-1')).to.throw('can not be opened');
    expect(() => openAddress(keys, changed, 'invitation-1')).to.throw('can not be opened');
  });
});

describe('an opt-out token', () => {
  const hash = addressHash(keys, 'email', 'jan@voorbeeld.example');

  it('gives the address hash back to us alone', () => {
    const token = optOutToken(keys, hash);
    expect(openOptOutToken(keys, token)).to.equal(hash);
    expect(openOptOutToken(otherKeys, token)).to.equal(undefined);
    expect(Buffer.from(token, 'base64url').toString('hex')).not.to.contain(hash);
  });

  for (const text of [
    '',
    'x',
    'A'.repeat(80),
    'A'.repeat(10_000),
    '../../etc/passwd',
    optOutToken(keys, hash).slice(1),
  ]) {
    it(`is not "${text.slice(0, 20)}" (${text.length} characters)`, () => {
      expect(openOptOutToken(keys, text)).to.equal(undefined);
    });
  }
});
