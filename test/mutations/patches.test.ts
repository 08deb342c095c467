import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
const patches = readdirSync(here).filter((name) => name.endsWith('.patch'));

/** Running them all takes most of an hour; that each still fits the code is known in a second. */
describe('the patches that remove a protection', () => {
  it('fit the code as it is', () => {
    const stale = patches.filter(
      (name) => spawnSync('git', ['apply', '--check', `${here}${name}`], { cwd: root }).status !== 0,
    );
    expect(stale).to.deep.equal([]);
  });

  it('say why in a first line, and name a test that is there', () => {
    for (const name of patches) {
      const text = readFileSync(`${here}${name}`, 'utf8');
      expect(text.split('\n')[0], name).to.match(/\w.*\.$/);
      const file = /^Test: (.+)$/m.exec(text)?.[1] ?? '';
      expect(existsSync(`${root}${file}`) && file.endsWith('.test.ts'), name).to.equal(true);
    }
  });
});
