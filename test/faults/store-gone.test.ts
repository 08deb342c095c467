import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { longForm } from '../support/long-form.ts';
import { onSecondServer } from '../support/mongodb.ts';
import { goldenEar, type ServiceProcess, startServiceProcess } from '../support/service.ts';
import { settled } from '../support/settled.ts';
import { startMailServer } from '../support/smtp.ts';
import { pause, until } from '../support/until.ts';

/** Seconds that the store is away: half a minute in the long form. */
const away = longForm ? 30 : 4;
const secretKey = 'a secret of at least thirty-two characters';
const metricsToken = 'a-token-for-metrics';

/** The store lives in one process, the web server and its jobs in another; the first is stopped and killed. */
describe('With the store away', function () {
  this.timeout(300_000 + away * 3_000);
  let directory: string;
  let env: Record<string, string>;
  let mailServer: Awaited<ReturnType<typeof startMailServer>>;
  let owner: ServiceProcess;
  let web: ServiceProcess;
  let token: string;
  let contacts = 0;
  const accepted: string[] = [];
  const answered = new Map<string, number>();

  before(async function () {
    // On another server the store is in neither process.
    if (onSecondServer) this.skip();
    directory = mkdtempSync(join(tmpdir(), 'golden-ear-store-gone-'));
    mailServer = await startMailServer();
    env = {
      DATA_DIR: directory,
      SECRET_KEY: secretKey,
      SMTP_URL: mailServer.url,
      METRICS_TOKEN: metricsToken,
      RATE_LIMITS: 'key=100000',
      LOG_LEVEL: 'fatal',
    };
    owner = await start(['--no-jobs']);
    web = await start();
    const scopes = ['contacts:write'];
    const made = await goldenEar(
      ['token', 'create', '--name', 'test', '--scopes', `${scopes}`, '--json'],
      env,
    );
    token = (JSON.parse(made.stdout) as { token: string }).token;
  });
  after(async () => {
    if (onSecondServer) return;
    for (const one of [owner, web]) if (one?.process.exitCode === null) await one.kill();
    await mailServer.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('refuses at once, for programs and for people, and loses nothing when the store comes back', async () => {
    await sendContacts(10);
    await until(() => mailServer.received.length === 10);
    await answerAll();

    owner.process.kill('SIGSTOP');
    const until503 = performance.now();
    const stopped = keepTrying();
    expect((await post('under way when it went')).status).to.equal(503);
    expect(performance.now() - until503).to.be.below(20_000);

    const asked = performance.now();
    const refused = await post('while it is away');
    expect(performance.now() - asked).to.be.below(4_500);
    expect(refused.headers.get('content-type')).to.match(/^application\/problem\+json/);
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
    expect(await refused.json()).to.include({ code: 'unavailable', status: 503 });

    const page = await fetch(`${web.url}/s/${'a'.repeat(32)}`, { headers: { accept: 'text/html' } });
    expect(page.status).to.equal(503);
    expect(page.headers.get('retry-after')).to.be.a('string');
    expect(await page.text()).to.match(/<html lang="nl".*<h1/s);

    expect((await fetch(`${web.url}/health/live`)).status).to.equal(200);
    const ready = await fetch(`${web.url}/health/ready`);
    expect(ready.status).to.equal(503);
    expect(await ready.json()).to.deep.include({ status: 'down' });
    const metrics = await fetch(`${web.url}/metrics`, {
      headers: { authorization: `Bearer ${metricsToken}` },
    });
    expect(await metrics.text()).to.match(/golden_ear_dependency_up\{dependency="store"\} 0/);

    await pause(away * 1_000);
    owner.process.kill('SIGCONT');
    await stopped;
    await settle();
  });

  it('takes the store over when the process that had it is killed, and shares it with one that is started', async () => {
    await sendContacts(5);
    await owner.kill();
    await keepTrying();
    owner = await start(['--no-jobs']);
    await sendContacts(5);
    await settle();
  });

  function start(args: string[] = []): Promise<ServiceProcess> {
    return startServiceProcess(env, [...args, '--as-of', '2026-03-02T09:00:00Z']);
  }

  function post(id: string): Promise<Response> {
    const recipient = { email: `${id.replaceAll(/\W+/g, '-')}@inwoners.example` };
    const occurredAt = '2026-02-25T10:00:00Z';
    const contact = {
      source: 'faults',
      id,
      occurredAt,
      department: 'burgerzaken',
      channel: 'counter',
      recipient,
    };
    return fetch(`${web.url}/v1/contacts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(contact),
    });
  }

  async function sendContacts(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) await sendContact();
  }

  /** Sends the next contact; the next call sends the same one again when it was refused. */
  async function sendContact(): Promise<boolean> {
    const id = `contact-${contacts}`;
    const answer = await post(id);
    await answer.text();
    if (answer.status !== 202) {
      expect(answer.status).to.equal(503);
      return false;
    }
    accepted.push(id);
    contacts += 1;
    return true;
  }

  /** A sender that does not give up: resolves when the store took ten more contacts after it had refused some. */
  async function keepTrying(): Promise<void> {
    const end = performance.now() + 200_000 + away * 1_000;
    let refused = 0;
    for (let taken = 0; taken < 10 || refused === 0; ) {
      if (performance.now() > end) throw new Error('The store was not refused and taken again in time');
      if (!(await sendContact())) {
        refused += 1;
        taken = 0;
        await pause(100);
      } else taken += 1;
    }
  }

  async function answerAll(): Promise<void> {
    for (const { mail } of mailServer.received) {
      const link = /\/s\/([\w-]{32})/.exec(mail.text ?? '')?.[1];
      if (!link || answered.has(link)) continue;
      const grade = 1 + (answered.size % 10);
      const body = new URLSearchParams({ overall: String(grade) });
      const answer = await fetch(`${web.url}/s/${link}`, { method: 'POST', body, redirect: 'manual' });
      if (answer.status === 303) answered.set(link, grade);
      else expect(answer.status).to.equal(409);
    }
  }

  /** Each accepted contact has its one decision and its mail, each answer that was thanked for is there. */
  async function settle(): Promise<void> {
    const messages = () => new Set(mailServer.received.map(({ mail }) => mail.messageId));
    await until(() => messages().size >= accepted.length);
    await answerAll();
    for (const id of accepted) {
      const known = await fetch(`${web.url}/v1/contacts/faults/${id}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(await known.json(), id).to.include({ decision: 'invited' });
    }
    for (const [link, grade] of answered) {
      const form = await (await fetch(`${web.url}/s/${link}`)).text();
      expect(form, 'the answer, shown again').to.match(
        new RegExp(`value="${grade}"[^>]*checked|checked[^>]*value="${grade}"`),
      );
    }
    expect(await settled(env)).to.equal(answered.size);
  }
});
