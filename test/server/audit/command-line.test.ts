import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { onSecondServer } from '../../support/mongodb.ts';
import { goldenEar } from '../../support/service.ts';

describe('What is done on the command line', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-audit-'));
  const env = { DATA_DIR: dataDir, LOG_LEVEL: 'silent' };
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  async function run(...args: string[]): Promise<{ code: number | null; stdout: string }> {
    const ran = await goldenEar(args, env);
    expect(ran.stderr).to.equal('');
    return ran;
  }

  it('is written down as the operator’s, checked, and found again after a restore', async function () {
    if (onSecondServer) this.skip();
    await run('token', 'create', '--name', 'zaken', '--scopes', 'sending:write');
    await run('sending', 'pause');
    await run('erase', 'eva@voorbeeld.example');
    const retention = join(dataDir, 'retention.json');
    writeFileSync(retention, '{"responseMonths": 12}');
    await run('retention', 'set', retention);
    const backup = join(dataDir, 'backup');
    await run('backup', backup);
    await run('restore', backup, '--yes');

    const { entries, faults, last } = JSON.parse((await run('audit', 'check', '--json')).stdout);
    expect([entries, faults]).to.deep.equal([5, []]);
    const lines = (await run('audit', 'export')).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ who, what, on }) => [who, what, on])).to.deep.equal([
      ['operator', 'key.made', 'zaken'],
      ['operator', 'sending.paused', undefined],
      ['operator', 'address.erased', undefined],
      ['operator', 'retention.changed', undefined],
      ['operator', 'store.restored', undefined],
      ['operator', 'audit.exported', undefined],
    ]);

    // What was noted before a backup was put back is missed after it.
    const noted = `${last.number}:${last.seal}`;
    expect((await run('audit', 'check', '--noted', noted)).code).to.equal(0);
    await run('restore', backup, '--yes');
    const missed = await goldenEar(['audit', 'check', '--noted', noted], env);
    expect([missed.code, missed.stdout]).to.satisfy(
      ([code, text]: [number, string]) => code === 1 && text.includes(`entry ${last.number} is changed`),
    );
  });
});
