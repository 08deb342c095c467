import { existsSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { expect } from 'chai';
import type { SurveyDefinition } from '../../schemas/generated/survey-definition.ts';
import { openWithClient } from '../server/embedded-mongo/support.ts';
import { sampleDefinition } from '../support/definition.ts';
import { useDirectory } from '../support/files.ts';
import { goldenEar, type ServiceProcess, startServiceProcess } from '../support/service.ts';
import { settled } from '../support/settled.ts';

const secretKey = 'a secret of at least thirty-two characters';
const kiosk = {
  department: 'burgerzaken',
  channel: 'counter',
  mode: 'kiosk',
  answerDate: '2026-03-09',
};

describe('A backup', () => {
  const path = useDirectory();
  const envOf = (name: string) => ({ DATA_DIR: path(name), SECRET_KEY: secretKey, LOG_LEVEL: 'silent' });
  let env: ReturnType<typeof envOf>;
  let service: ServiceProcess;
  let token: string;
  before(async () => {
    env = envOf('data');
    const scopes = 'contacts:write,responses:write,surveys:write';
    token = await tokenWith(env, scopes);
    service = await startServiceProcess(env);
  });
  after(async () => {
    await service.stop();
  });

  const call = async (method: string, where: string, body?: unknown) => {
    const answered = await fetch(service.url + where, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answered.status, body: (await answered.json()) as Record<string, unknown> };
  };
  const send = async (name: string) => {
    const recipient = { email: `${name}@inwoners.example` };
    const contact = { source: 'test', id: name, occurredAt: '2026-03-09T10:00:00Z', ...place, recipient };
    const contacts = await call('POST', '/v1/contacts', [contact]);
    expect(contacts.status, JSON.stringify(contacts.body)).to.equal(202);
    const answer = { survey: 'customer-journey', ...kiosk, answers: { overall: 8 }, externalId: name };
    const answers = await call('POST', '/v1/responses', [answer]);
    expect(answers.status, JSON.stringify(answers.body)).to.equal(202);
  };
  const newest = async (key: string) => (await call('GET', `/v1/surveys/${key}`)).body as { version: number };
  const known = async (name: string) => (await call('GET', `/v1/contacts/test/${name}`)).status;
  const file = () => path('backup');

  it('is taken while the service writes, and holds all that was answered before', async () => {
    for (let n = 0; n < 30; n += 1) await send(`before-${n}`);
    expect((await publish(call, titled('First', false))).version).to.equal(1);
    let over = false;
    let meanwhile = 0;
    const writing = (async () => {
      for (; !over; meanwhile += 1) await send(`meanwhile-${meanwhile}`);
    })();
    const { code, stdout, stderr } = await goldenEar(['backup', file()], env);
    over = true;
    await writing;

    expect(code, stderr).to.equal(0);
    expect(meanwhile).to.be.greaterThan(1);
    expect(stdout).to.match(/^Backed up to .*backup \(\d+\.\d MB\)\.\n.*secret key is not in it.*SECRET_KEY/);
    expect(statSync(file()).mode & 0o777).to.equal(0o600);
    expect(readFileSync(file()).includes(secretKey)).to.equal(false);
  });

  it('replaces nothing unasked: no file at all, and a store that is not empty only with --yes', async () => {
    const again = await goldenEar(['backup', file()], env);
    expect([again.code, again.stderr]).to.deep.equal([
      2,
      `${file()} is there already; a backup overwrites nothing\n`,
    ]);
    const unasked = await goldenEar(['restore', file()], env);
    expect(unasked.code).to.equal(2);
    expect(unasked.stderr).to.match(/is not empty.*--yes\n$/);
  });

  it('is refused when it is damaged, and then the store stays as it is', async () => {
    const damaged = path('damaged', readFileSync(file()));
    truncateSync(damaged, statSync(damaged).size >> 1);
    const noise = path('noise', 'no store at all');
    for (const bad of [damaged, noise]) {
      const { code, stderr } = await goldenEar(['restore', bad, '--yes'], env);
      expect(code, stderr).to.equal(1);
      expect(stderr).to.match(/damaged|no store|no backup/);
    }
    expect((await newest('sample')).version).to.equal(1);
  });

  it('is put back under the running service, which goes on from there', async () => {
    for (let n = 0; n < 10; n += 1) await send(`after-${n}`);
    expect((await publish(call, titled('Second'))).version).to.equal(2);
    expect((await newest('sample')).version).to.equal(2);
    const { code, stdout, stderr } = await goldenEar(['restore', file(), '--yes'], env);
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(/^Restored .*\n.*golden-ear sending resume\n.*SECRET_KEY.*\n$/);

    expect((await newest('sample')).version, 'what was in memory').to.equal(1);
    // By another process, so that the service knows of this version what it remembers of the one before.
    const definition = path('another.json', JSON.stringify(titled('Another second')));
    const published = await goldenEar(['surveys', 'publish', definition, '--json'], env);
    expect(JSON.parse(published.stdout)).to.include({ version: 2 });
    const { body } = await call('GET', '/v1/surveys/sample/versions/2');
    expect(body.definition).to.have.property('title', 'Another second');
    await send('again');
    expect(await paused(env)).to.equal(true);
  });

  it('leaves counts that a recount confirms, and indexes that fit their records', async () => {
    const responses = await settled(env);
    expect(responses).to.be.at.least(31);
    for (let n = 0; n < 30; n += 1) expect(await known(`before-${n}`), `before-${n}`).to.equal(200);
    for (let n = 0; n < 10; n += 1) expect(await known(`after-${n}`), `after-${n}`).to.equal(404);
    const { store, db, close } = await openWithClient(env.DATA_DIR);
    try {
      expect(store.joined).to.equal(true);
      for (const { name } of await db.listCollections().toArray())
        expect(await db.command({ validate: name }), name).to.include({ valid: true });
    } finally {
      await close();
    }
  });

  it('is taken from and put into a directory without a service just as well', async () => {
    const [moved, second] = [envOf('moved'), path('second')];
    const { code, stdout, stderr } = await goldenEar(['restore', file(), '--json'], moved);
    expect(code, stderr).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.equal({ file: file(), paused: true, secretKey: 'SECRET_KEY' });
    const again = await goldenEar(['backup', second, '--json'], moved);
    expect(JSON.parse(again.stdout)).to.include({ file: second, bytes: statSync(second).size });
    expect((await goldenEar(['cells', 'check'], moved)).code).to.equal(0);
  });

  it('names the tools of the server when the data lie there', async () => {
    const uri = { ...env, MONGODB_URI: 'mongodb://localhost:1/none' };
    for (const [command, tool] of [
      ['backup', 'mongodump'],
      ['restore', 'mongorestore'],
    ] as const) {
      const { code, stderr } = await goldenEar([command, path('elsewhere')], uri);
      expect([code, stderr]).to.deep.equal([2, `The data are on the server of MONGODB_URI: use ${tool}\n`]);
    }
    expect(existsSync(path('elsewhere'))).to.equal(false);
  });

  it('makes no store where there is none to copy, and says where the key lies that was made', async () => {
    const { DATA_DIR, LOG_LEVEL } = envOf('nothing');
    const none = await goldenEar(['backup', path('of-nothing')], { DATA_DIR, LOG_LEVEL });
    expect([none.code, existsSync(DATA_DIR)]).to.deep.equal([2, false]);
    const { stdout } = await goldenEar(['restore', file()], { DATA_DIR, LOG_LEVEL });
    expect(stdout).to.include(`${DATA_DIR}/secret-key must be the key of the backup`);
    expect(existsSync(`${DATA_DIR}/secret-key`)).to.equal(false);
  });
});

const place = { department: 'burgerzaken', channel: 'counter' };

/** The sample under another title; as a later version it says of each question that it means the same. */
function titled(title: string, later = true): SurveyDefinition {
  const definition = { ...sampleDefinition(), title };
  if (later) for (const { question } of Object.values(definition.properties)) question.meaning = 'same';
  return definition;
}

async function publish(
  call: (method: string, where: string, body?: unknown) => Promise<{ status: number; body: unknown }>,
  definition: SurveyDefinition,
): Promise<{ version: number }> {
  const { status, body } = await call('POST', '/v1/surveys/sample/versions', definition);
  expect(status, JSON.stringify(body)).to.equal(201);
  return body as { version: number };
}

async function tokenWith(env: Record<string, string>, scopes: string): Promise<string> {
  const { stdout, stderr } = await goldenEar(
    ['token', 'create', '--name', 'test', '--scopes', scopes, '--json'],
    env,
  );
  expect(stderr).to.equal('');
  return (JSON.parse(stdout) as { token: string }).token;
}

async function paused({ DATA_DIR }: { DATA_DIR: string }): Promise<boolean> {
  const { db, close } = await openWithClient(DATA_DIR);
  const stored = await db
    .collection<{ _id: string; paused: boolean }>('switches')
    .findOne({ _id: 'sending' });
  await close();
  return stored?.paused ?? false;
}
