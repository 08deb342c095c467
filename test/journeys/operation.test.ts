import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { freePort } from '../support/free-port.ts';
import { onSecondServer } from '../support/mongodb.ts';
import {
  goldenEar,
  type RunningProcess,
  type ServiceProcess,
  startServiceProcess,
  startWorkerProcess,
} from '../support/service.ts';
import { reply, startMailServer } from '../support/smtp.ts';
import { until } from '../support/until.ts';

/** A process with its store elsewhere keeps no data on a disk. */
const disk = onSecondServer ? {} : { disk: 'up' };

/** What comes from people, or leads to them: nothing of it may be in a log or a metric. */
const canaries = {
  address: 'kanarie.geel@inwoners.example',
  refused: 'kanarie.weg@inwoners.example',
  phone: '+31612345678',
  contactId: 'zaak-kanarie-77',
  comment: 'kanariepiet was heel vriendelijk',
  network: '203.0.113.77',
};
const metricsToken = 'a-token-for-metrics';
const requestId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

/** One web process with jobs, whose log and metrics an operator reads while contacts come, mails go and answers arrive. */
describe('What an operator sees', () => {
  let directory: string;
  let env: Record<string, string>;
  let mailServer: Awaited<ReturnType<typeof startMailServer>>;
  let service: ServiceProcess;
  let apiToken: string;
  let link: string;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'golden-ear-operation-'));
    mailServer = await startMailServer({
      onRcptTo({ address }, _session, callback) {
        if (address === canaries.refused) callback(reply(550, `5.1.1 <${address}> is not here`));
        else callback();
      },
    });
    env = {
      DATA_DIR: directory,
      SECRET_KEY: 'a secret of at least thirty-two characters',
      SMTP_URL: mailServer.url,
      METRICS_TOKEN: metricsToken,
      LOG_LEVEL: 'debug',
    };
    service = await startServiceProcess(env, ['--as-of', '2026-03-02T09:00:00Z']);
    const args = ['token', 'create', '--name', 'test', '--scopes', 'contacts:write', '--json'];
    apiToken = (JSON.parse((await goldenEar(args, env)).stdout) as { token: string }).token;
    await contactsAndAnswers();
  });
  after(async () => {
    if (service.process.exitCode === null) await service.kill();
    await mailServer.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('is a log in which a request can be followed from the contact to the mail', () => {
    const followed = logged().filter((line) => line.requestId === requestId);
    expect(followed.map(({ msg, route, status }) => msg ?? `${route} ${status}`)).to.include.members([
      '/v1/contacts 202',
      'mails of a request',
    ]);
    const mails = followed.filter(({ msg }) => msg === 'mails of a request');
    expect(mails.reduce((sum, { accepted }) => sum + Number(accepted ?? 0), 0)).to.equal(1);
    expect(mails.reduce((sum, { bounced }) => sum + Number(bounced ?? 0), 0)).to.equal(1);
  });

  it('does not follow a person from a mail to an answer', () => {
    const posts = logged().filter(({ route, method }) => route === '/s/:token' && method === 'POST');
    expect(posts).to.have.length(1);
    expect(posts[0]!.requestId).not.to.equal(requestId);
  });

  it('holds nothing of a person', async () => {
    const written = `${JSON.stringify(logged())}\n${await metrics()}`;
    expect(logged().length).to.be.greaterThan(5);
    for (const [kind, canary] of Object.entries({ ...canaries, link, apiToken }))
      expect(written.includes(canary), kind).to.equal(false);
    expect(written).not.to.include('kanarie').and.not.include('127.0.0.1');
  });

  it('counts what happened, by route and never by path, survey or department', async () => {
    const text = await metrics();
    expect(text).to.include('golden_ear_contacts_total{decision="invited"} 2');
    expect(text).to.include('golden_ear_mails_total{outcome="accepted"} 1');
    expect(text).to.include('golden_ear_mails_total{outcome="bounced"} 1');
    expect(text).to.include('golden_ear_responses_total{how="new"} 1');
    expect(text).to.match(/http_request_seconds_count\{method="POST",route="\/s\/:token",status="303"\} 1/);
    expect(text).to.match(/golden_ear_store_command_seconds_count\{command="update",outcome="done"\} \d/);
    expect(text).to.match(/golden_ear_job_seconds_count\{job="deliver",outcome="done"\} \d/);
    expect(text).to.include('golden_ear_dependency_up{dependency="store"} 1');
    expect(text).to.include('golden_ear_invitations_due 0');
    expect(text)
      .to.match(/golden_ear_rollup_lag_seconds \d/)
      .and.match(/process_resident_memory_bytes \d/);
    expect(text).not.to.match(/customer-journey|burgerzaken|"counter"/);
  });

  it('is for who holds the token', async () => {
    expect((await fetch(`${service.url}/metrics`)).status).to.equal(401);
    const wrong = await fetch(`${service.url}/metrics`, {
      headers: { authorization: 'Bearer something-else' },
    });
    expect(wrong.status).to.equal(401);
  });

  it('says by name what is there and what is not; without a mail server pages still work', async () => {
    const ready = () => fetch(`${service.url}/health/ready`);
    expect(await (await ready()).json()).to.deep.equal({
      status: 'up',
      dependencies: { store: 'up', ...disk, smtp: 'up' },
    });
  });

  it('is told by a worker too, on a port of its own', async () => {
    const port = await freePort();
    const worker: RunningProcess = await startWorkerProcess({
      ...env,
      SMTP_URL: `smtp://127.0.0.1:${await freePort()}`,
      WORKER_PORT: String(port),
      HOST: '127.0.0.1',
    });
    try {
      const ready = await fetch(`http://127.0.0.1:${port}/health/ready`);
      expect(ready.status, 'a mail server that is away makes nothing worse').to.equal(200);
      expect(await ready.json()).to.deep.equal({
        status: 'degraded',
        dependencies: { store: 'up', ...disk, smtp: 'down' },
      });
      expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).to.equal(401);
      expect((await fetch(`http://127.0.0.1:${port}/overview`)).status).to.equal(404);
    } finally {
      expect(await worker.stop()).to.equal(0);
    }
  });

  async function contactsAndAnswers(): Promise<void> {
    const contact = (id: string, recipient: object) => ({
      source: 'kcc',
      id,
      occurredAt: '2026-02-25T10:00:00Z',
      department: 'burgerzaken',
      channel: 'counter',
      recipient,
    });
    const sent = await fetch(`${service.url}/v1/contacts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiToken}`,
        'content-type': 'application/json',
        'x-request-id': requestId,
        'x-forwarded-for': canaries.network,
      },
      body: JSON.stringify([
        contact(canaries.contactId, { email: canaries.address, phone: canaries.phone }),
        contact(`${canaries.contactId}-2`, { email: canaries.refused }),
        contact(canaries.address, { email: `no address: ${canaries.phone}` }),
      ]),
    });
    expect(sent.status, await sent.text()).to.equal(202);
    await until(() => mailServer.received.length === 1 && service.output().includes('bounced'));
    link = /\/s\/([\w-]{32})/.exec(mailServer.received[0]!.mail.text ?? '')![1]!;
    await fetch(`${service.url}/v1/contacts/kcc/${canaries.contactId}`, {
      headers: { authorization: `Bearer ${apiToken}` },
    });
    const answered = await fetch(`${service.url}/s/${link}`, {
      method: 'POST',
      body: new URLSearchParams({ overall: '8', comment: canaries.comment }),
      redirect: 'manual',
    });
    expect(answered.status).to.equal(303);
    await fetch(`${service.url}/s/${link}?naam=${canaries.address}`);
    await fetch(`${service.url}/${canaries.address}/${canaries.phone}`);
    await until(() => service.output().includes('/s/:token'));
  }

  function logged(): Record<string, unknown>[] {
    const lines = service
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{"level"'));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async function metrics(): Promise<string> {
    const answer = await fetch(`${service.url}/metrics`, {
      headers: { authorization: `Bearer ${metricsToken}` },
    });
    expect(answer.status).to.equal(200);
    return answer.text();
  }
});
