import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { outboxDirectory, readOutbox } from '../../../jobs/transport/index.ts';
import { goldenEar } from '../../support/service.ts';

describe('The command line tool, for people and their keys', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-cli-people-'));
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  const run = async (args: string[], env: Record<string, string> = {}) => {
    const { code, stdout, stderr } = await goldenEar([...args, '--json'], { DATA_DIR: dataDir, ...env });
    return { code, stderr, result: stdout === '' ? undefined : JSON.parse(stdout) };
  };

  it('invites somebody by mail, lists and removes them', async () => {
    const add = [
      'people',
      'add',
      'eva@gemeente.example',
      '--role',
      'coordinator',
      '--department',
      'burgerzaken',
    ];
    expect((await run(add)).result).to.deep.include({ email: 'eva@gemeente.example', mailed: true });
    expect((await readOutbox(outboxDirectory(dataDir)))[0]?.to).to.equal('eva@gemeente.example');
    expect((await run(['people', 'list'])).result).to.deep.equal([
      {
        origin: 'invited',
        email: 'eva@gemeente.example',
        roles: ['coordinator'],
        departments: ['burgerzaken'],
      },
    ]);
    expect((await run(['people', 'remove', 'Eva@gemeente.example'])).result).to.deep.include({ removed: 1 });
    expect((await run(['people', 'remove', 'eva@gemeente.example'])).code).to.equal(1);
  });

  it('refuses a role that there is not, a coordinator of nothing, and people beside an identity provider', async () => {
    expect((await run(['people', 'add', 'eva@gemeente.example', '--role', 'root'])).code).to.equal(2);
    const nothing = await run(['people', 'add', 'eva@gemeente.example', '--role', 'coordinator']);
    expect(nothing.code).to.equal(1);
    expect(nothing.stderr).to.include('departments');
    const oidc = { OIDC_ISSUER: 'https://idp.example', OIDC_CLIENT_ID: 'ge', OIDC_CLIENT_SECRET: 'hush' };
    expect((await run(['people', 'add', 'eva@gemeente.example', '--role', 'analyst'], oidc)).code).to.equal(
      2,
    );
  });

  it('makes a key for departments and until a day, and lists it without its text', async () => {
    const limits = ['--departments', 'burgerzaken', '--ends-on', '2099-12-31'];
    const made = await run(['token', 'create', '--name', 'kcc', '--scopes', 'contacts:write', ...limits]);
    expect(made.result.token).to.match(/^goldenear_[0-9A-Za-z]{49}$/);
    const [listed] = (await run(['token', 'list'])).result;
    expect(listed).to.include({ name: 'kcc', endsOn: '2099-12-31' }).and.not.have.property('_id');
    const bad = await run(['token', 'create', '--name', 'kcc', '--scopes', 'sending:write', ...limits]);
    expect(bad.code).to.equal(1);
    expect(bad.stderr).to.include('whole municipality');
  });
});
