import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { goldenEar, type ServiceProcess, startServiceProcess } from '../support/service.ts';
import { startMailServer } from '../support/smtp.ts';
import { until } from '../support/until.ts';

const secretKey = 'a secret of at least thirty-two characters';
const clients = 8;

describe('SIGTERM under load', () => {
  let directory: string;
  let env: Record<string, string>;
  let mailServer: Awaited<ReturnType<typeof startMailServer>>;
  let service: ServiceProcess;
  let token: string;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'golden-ear-stop-'));
    // A mail takes a while, so that some are always under way.
    mailServer = await startMailServer({
      onMailFrom: (_address, _session, callback) => void setTimeout(callback, 100),
    });
    env = {
      DATA_DIR: directory,
      SECRET_KEY: secretKey,
      SMTP_URL: mailServer.url,
      DRAIN_SECONDS: '2',
      RATE_LIMITS: 'key=100000',
      LOG_LEVEL: 'fatal',
    };
    service = await start('2026-03-02T09:00:00Z');
    const args = ['token', 'create', '--name', 'test', '--scopes', 'contacts:write', '--json'];
    token = (JSON.parse((await goldenEar(args, env)).stdout) as { token: string }).token;
  });
  afterEach(async () => {
    if (service.process.exitCode === null && service.process.signalCode === null) await service.kill();
    await mailServer.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('breaks off no request, loses nothing and ends with 0 in time', async () => {
    const accepted: string[] = [];
    const faults: string[] = [];
    const agent = new Agent({ keepAlive: true, maxSockets: clients });
    let down = false;
    const load = Array.from({ length: clients }, async (_, client) => {
      for (let n = 0; !down; n += 1) {
        const id = `${client}-${n}`;
        const outcome = await post(agent, id);
        if (outcome === 202) accepted.push(id);
        // Nobody listens any more: the one way in which a request may fail.
        else if (outcome === 'ECONNREFUSED') down = true;
        else faults.push(String(outcome));
      }
    });
    await until(() => accepted.length > 3 * clients);
    const stopping = performance.now();
    const ended = once(service.process, 'exit');
    service.process.kill('SIGTERM');
    // Taken while it stops, and told so.
    await until(async () => (await readiness()) === 'stopping');
    expect(await ended, 'exit code').to.deep.equal([0, null]);
    expect(performance.now() - stopping).to.be.below(25_000);
    await Promise.all(load);
    agent.destroy();
    expect(faults).to.deep.equal([]);

    // Claims that were given back are due at once: the clock has not moved by a lease.
    service = await start('2026-03-02T09:01:00Z');
    const arrived = () => new Set(mailServer.received.map(({ to }) => to[0]));
    await until(() => arrived().size >= accepted.length);
    for (const id of accepted) expect(arrived().has(`resident-${id}@inwoners.example`), id).to.equal(true);
    expect(mailServer.received.length, 'no mail went twice').to.equal(arrived().size);
  });

  it('ends at once when it is told twice', async () => {
    service.process.kill('SIGTERM');
    await until(async () => (await readiness()) === 'stopping');
    const told = performance.now();
    await service.stop();
    expect(performance.now() - told).to.be.below(15_000);
    expect(service.process.signalCode).to.equal('SIGTERM');
  });

  async function readiness(): Promise<string> {
    const { status } = (await (await fetch(`${service.url}/health/ready`)).json()) as { status: string };
    return status;
  }

  function start(now: string): Promise<ServiceProcess> {
    return startServiceProcess(env, ['--as-of', now]);
  }

  /** @returns the status, or the code of the error when there was no answer */
  function post(agent: Agent, id: string): Promise<number | string> {
    const contact = {
      source: 'load',
      id,
      occurredAt: '2026-02-25T10:00:00Z',
      department: 'burgerzaken',
      channel: 'counter',
      recipient: { email: `resident-${id}@inwoners.example` },
    };
    return new Promise((resolve) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const sent = request(`${service.url}/v1/contacts`, { method: 'POST', agent, headers }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.on('error', (error: NodeJS.ErrnoException) => resolve(`answer ${error.code}`));
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // A new connection that waited to be taken when the port was closed is as good as refused.
        const untaken = error.code === 'ECONNRESET' && !sent.reusedSocket;
        resolve(untaken ? 'ECONNREFUSED' : (error.code ?? error.message));
      });
      sent.end(JSON.stringify(contact));
    });
  }
});
