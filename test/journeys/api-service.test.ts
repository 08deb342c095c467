import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { goldenEar, type ServiceProcess, startServiceProcess } from '../support/service.ts';

/** What an operator does on one machine, with the data in one directory. */
describe('A service and its command line', () => {
  // Each test starts several processes from the sources.
  let directory: string;
  let env: Record<string, string>;
  let service: ServiceProcess | undefined;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'golden-ear-service-'));
    env = { DATA_DIR: join(directory, 'data'), NODE_ENV: 'development' };
  });
  afterEach(async () => {
    if (service?.process.exitCode === null) await service.kill();
    service = undefined;
    rmSync(directory, { recursive: true, force: true });
  });

  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await goldenEar([...args, '--json'], env);
    return { code, stderr, result: stdout ? (JSON.parse(stdout) as Record<string, unknown>) : undefined };
  };

  it('starts with nothing set, ends when asked, and starts again with the same data', async () => {
    service = await startServiceProcess(env);
    const { result } = await run('token', 'create', '--name', 'kcc', '--scopes', 'contacts:write');
    expect(await service.stop()).to.equal(0);

    service = await startServiceProcess(env);
    const known = await fetch(`${service.url}/v1/departments`, {
      headers: { Authorization: `Bearer ${result?.token}` },
    });
    expect(known.status).to.equal(200);
    expect(await service.stop()).to.equal(0);
  });

  it('ends with 1 and says so when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await goldenEar(['serve'], { ...env, PORT: String(port), HOST: '127.0.0.1' });
    other.close();
    expect(code).to.equal(1);
    expect(stderr).to.include(`Port ${port} is in use`);
  });

  it('share the data: what a command changes counts in the service at once', async () => {
    service = await startServiceProcess(env);
    const created = await run('token', 'create', '--name', 'kcc', '--scopes', 'contacts:write,sending:write');
    const headers = { Authorization: `Bearer ${created.result?.token}` };
    const paused = async () => (await fetch(`${service!.url}/v1/sending`, { headers })).json();

    expect((await run('sending', 'pause')).code).to.equal(0);
    expect(await paused()).to.deep.equal({ paused: true });
    expect((await run('sending', 'resume')).code).to.equal(0);
    expect(await paused()).to.deep.equal({ paused: false });

    expect((await run('token', 'revoke', 'kcc')).result).to.deep.equal({ name: 'kcc', revoked: 1 });
    expect((await fetch(`${service.url}/v1/sending`, { headers })).status).to.equal(401);
  });

  it('take contacts from a file and decide about each once', async () => {
    const file = join(directory, 'contacts.ndjson');
    const event = {
      source: 'kcc',
      occurredAt: '2026-03-09T10:00:00Z',
      department: 'wonen',
      channel: 'phone',
    };
    const lines = [
      { ...event, id: '1', recipient: { email: 'een@example.org' } },
      { ...event, id: '2', recipient: { email: 'twee@example.org' }, confidential: true },
      { ...event, id: '3', recipient: { email: 'drie@example.org' }, colour: 'red' },
    ];
    writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"broken\n`);
    const rejected = join(directory, 'rejected.csv');
    const args = ['contacts', 'import', file, '--rejected', rejected, '--as-of', '2026-03-10T09:00:00Z'];
    const expected = { rows: 4, decisions: { invited: 1, skipped: 1, rejected: 2 }, rejectedFile: rejected };

    const rehearsed = await run(...args, '--dry-run');
    expect(rehearsed.result).to.deep.include({ ...expected, dryRun: true });
    for (const _ of [1, 2]) {
      const { code, result } = await run(...args);
      expect(code).to.equal(0);
      expect(result).to.deep.include({ ...expected, dryRun: false });
    }
    expect(readFileSync(rejected, 'utf8').trim().split('\r\n')).to.have.length(3);
  });

  it('publish a survey from a file, or say all that is wrong with it', async () => {
    const file = join(directory, 'survey.json');
    writeFileSync(file, JSON.stringify({ type: 'object', colour: 'red' }));
    const refused = await run('surveys', 'publish', file);
    expect(refused.code).to.equal(1);
    expect(refused.stderr).to.include('/colour').and.include('/survey');
    const listed = (await run('surveys', 'list')).result as unknown as { key: string }[];
    expect(listed.map(({ key }) => key)).to.include('golden-ear-quickscan');
  });

  it('tell who the municipality is and what its departments are called', async () => {
    const municipality = join(directory, 'municipality.json');
    writeFileSync(
      municipality,
      JSON.stringify({
        name: 'Gemeente Almerk',
        senderName: 'Gemeente Almerk',
        contact: { email: 'info@almerk.example', phone: '14 036' },
        privacyStatementUrl: 'https://almerk.example/privacy',
      }),
    );
    expect((await run('municipality', 'set', municipality)).result).to.include({ name: 'Gemeente Almerk' });

    const directoryFile = join(directory, 'directory.csv');
    writeFileSync(directoryFile, 'kind,key,nl,en,parent\ndepartment,wonen,Wonen,Housing,\nroom,x,X,,\n');
    const { code, result } = await run('directory', 'import', directoryFile);
    expect(code).to.equal(0);
    expect(result).to.have.property('stored', 1);
    expect(result).to.have.nested.property('rejected[0].errors[0].pointer', '/kind');
  });

  it('show that mail works: by a test mail in the outbox', async () => {
    const { code, result } = await run('mail', 'test', 'beheer@example.org');
    expect([code, result]).to.deep.equal([0, { kind: 'accepted' }]);
    expect(readdirSync(join(env.DATA_DIR!, 'outbox'))).to.have.length(1);
  });
});
