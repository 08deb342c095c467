import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { mintTokenText } from '../../server/auth/token-text.ts';

describe('The scan for secrets', () => {
  it('finds an API key of ours in a file, and nothing in one without', () => {
    const directory = mkdtempSync(join(tmpdir(), 'golden-ear-secrets-'));
    const scan = (name: string, text: string) => {
      writeFileSync(join(directory, name), text);
      const args = ['--secretlintrc', '.secretlintrc.json', '--no-glob'];
      return spawnSync('node_modules/.bin/secretlint', [...args, join(directory, name)], { encoding: 'utf8' })
        .status;
    };
    expect(scan('settings.txt', `token: ${mintTokenText()}\n`)).to.equal(1);
    expect(scan('innocent.txt', 'token: goldenear_…\n')).to.equal(0);
    rmSync(directory, { recursive: true });
  });
});
