import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

const root = new URL('../..', import.meta.url).pathname;

/** What can't run inside the tests: installing, and the tests themselves. */
const outside = [/^npm ci$/, /^git clone /, /^cd /, /^npm run verify/];

describe('README', () => {
  const readme = readFileSync(`${root}README.md`, 'utf8');
  const lines = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap(([, block]) => block!.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '');

  const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-readme-'));
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  it('has commands to run', () => {
    expect(lines).to.include('npm run demo -- --exit');
  });

  for (const line of lines.filter((one) => !outside.some((pattern) => pattern.test(one)))) {
    it(`runs: ${line}`, function () {
      this.timeout(620_000);
      const { status, stdout, stderr } = spawnSync(line, {
        shell: true,
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, DATA_DIR: dataDir, PORT: '0' },
        timeout: 600_000,
      });
      expect(status, `${stdout}\n${stderr}`).to.equal(0);
    });
  }
});
