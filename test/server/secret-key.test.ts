import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { secretKeyOf } from '../../server/secret-key.ts';

describe('The secret key of a data directory', () => {
  let parent: string;
  before(() => {
    parent = mkdtempSync(join(tmpdir(), 'golden-ear-key-'));
  });
  after(() => rmSync(parent, { recursive: true }));

  it('is made once, kept, and readable by its owner only', () => {
    const directory = join(parent, 'new', 'data');
    const key = secretKeyOf(directory);
    expect(key).to.match(/^[\w-]{43}$/);
    expect(secretKeyOf(directory)).to.equal(key);
    expect(statSync(join(directory, 'secret-key')).mode & 0o777).to.equal(0o600);
    expect(readdirSync(directory)).to.deep.equal(['secret-key']);
  });

  it('differs between installations', () => {
    expect(secretKeyOf(join(parent, 'one'))).not.to.equal(secretKeyOf(join(parent, 'other')));
  });
});
