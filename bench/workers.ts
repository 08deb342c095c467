import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import { pino } from 'pino';
import { createDelivery } from '../jobs/deliver/index.ts';
import type { Mail } from '../jobs/transport/index.ts';
import { createToken } from '../server/auth/api-tokens.ts';
import { openStore } from '../server/embedded-mongo/index.ts';
import '../server/models.ts';
import { fixedClock } from '../surveys/clock.ts';
import { recordContacts } from '../surveys/contacts/index.ts';
import type { Context } from '../surveys/context.ts';
import { publishCatalogue } from '../surveys/definitions/index.ts';
import { setSendingPaused } from '../surveys/invitations/index.ts';
import { deriveKeys } from '../surveys/keys.ts';
import { connectStore, disconnectStore, ensureIndexes } from '../surveys/store.ts';
import { redisMissing, startRedis } from '../test/support/redis.ts';
import { startBuiltService } from './support/built-service.ts';
import { report } from './support/report.ts';
import { type Arrivals, type SmtpSink, startSmtpSink } from './support/smtp-sink.ts';
import { startStoreProcess } from './support/store-process.ts';

/**
 * What several processes do, on one store and one Redis, each a process of its own (`npm run build` first): mails a second
 * of one worker against a bare loop of nodemailer's pool on the same sink; of two workers against one, on a sink that
 * takes its time; contacts accepted by two web processes against one.
 */
if (redisMissing) {
  console.error(`Skipped: ${redisMissing}`);
  process.exit(0);
}
const connections = 8;
/** Mails that a worker sends before it is measured. */
const warmUp = 500;
const secretKey = 'a secret of at least thirty-two characters';
const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-bench-'));
const root = new URL('..', import.meta.url).pathname;
const clock = fixedClock('2026-03-10T09:00:00Z');
const ctx: Context = { clock, keys: deriveKeys(secretKey), log: pino({ level: 'error' }) };

const redis = await startRedis();
const storeProcess = await startStoreProcess(dataDir);
const store = await openStore(dataDir);
await connectStore(store.uri);
await ensureIndexes();
await publishCatalogue(ctx);
let source = 0;

/** When all mails are due, and none is late: late ones are held back. */
const due = await invite(1);
const sample = await sampleMail();
const quick = await startSmtpSink();
const slow = await startSmtpSink({ delayMs: 50 });

const bare = await bareRate(quick, 3_000);
const oneQuick = await workersRate(quick, 1, 3_000);
report('mails, 1 worker on Bull', 'mails/s', oneQuick, bare);
const oneSlow = await workersRate(slow, 1, 2_000);
report('mails, 2 workers against 1, 50 ms a mail', 'mails/s', await workersRate(slow, 2, 4_000), oneSlow);

const oneWeb = await contactsRate(1);
report('contacts accepted, 2 web processes against 1', 'contacts/s', await contactsRate(2), oneWeb);

await Promise.all([quick.close(), slow.close()]);
await disconnectStore();
await store.close();
await storeProcess.close();
await redis.close();
rmSync(dataDir, { recursive: true, force: true });

function settings(sink: SmtpSink): Record<string, string> {
  const env = { DATA_DIR: dataDir, SECRET_KEY: secretKey, REDIS_URL: redis.url, QUEUE_PREFIX: 'bench' };
  return { ...env, SMTP_URL: sink.url, SMTP_CONNECTIONS: String(connections), LOG_LEVEL: 'error' };
}

/** Starts workers, lets them find that many mails due, and takes the time between the first to arrive and the last. */
async function workersRate(sink: SmtpSink, workers: number, mails: number): Promise<number> {
  const running = await Promise.all(Array.from({ length: workers }, () => startWorker(settings(sink))));
  await sent(sink, workers * warmUp);
  const arrived = await sent(sink, mails);
  await Promise.all(running.map((stop) => stop()));
  return (arrived.mails - 1) / arrived.seconds;
}

/** Makes that many mails due at once, and waits until the sink has them. */
async function sent(sink: SmtpSink, mails: number): Promise<Arrivals> {
  await setSendingPaused(true);
  await invite(mails);
  sink.forget();
  await setSendingPaused(false);
  let arrived = await sink.arrivals();
  while (arrived.mails < mails) {
    await pause(200);
    arrived = await sink.arrivals();
  }
  return arrived;
}

async function startWorker(env: Record<string, string>): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['dist/server/cli/golden-ear.js', 'work', '--json', '--as-of', due], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
}

async function bareRate(sink: SmtpSink, mails: number): Promise<number> {
  const pool = nodemailer.createTransport({ url: sink.url, pool: true, maxConnections: connections });
  const send = async (count: number) => {
    let next = 0;
    await Promise.all(
      Array.from({ length: connections * 3 }, async () => {
        while (next < count) {
          next += 1;
          const { from, subject, text, html } = sample;
          await pool.sendMail({ from, to: `inwoner${next}@inwoners.example`, subject, text, html });
        }
      }),
    );
  };
  await send(500);
  sink.forget();
  await send(mails);
  const { seconds } = await sink.arrivals();
  pool.close();
  return (mails - 1) / seconds;
}

/** A mail as the product makes it. */
async function sampleMail(): Promise<Mail> {
  let sent: Mail | undefined;
  const delivery = createDelivery(
    { ...ctx, clock: fixedClock(due) },
    {
      settings: { baseUrl: 'https://luister.gemeente.example', mailFrom: 'vraag@gemeente.example' },
      transport: {
        close: async () => {},
        async send(mail) {
          sent = mail;
          return { kind: 'accepted' };
        },
      },
    },
  );
  await delivery.deliverDue();
  if (!sent) throw new Error('No mail was made.');
  return sent;
}

function contacts(count: number): object[] {
  source += 1;
  return Array.from({ length: count }, (_, i) => ({
    source: `bench-${source}`,
    id: `${i}`,
    occurredAt: '2026-03-10T08:00:00Z',
    department: 'burgerzaken',
    channel: 'counter',
    recipient: { email: `inwoner${i}@bench-${source}.example` },
  }));
}

/** @returns when the last of them is due */
async function invite(count: number): Promise<string> {
  let last = clock.now();
  for (let left = count; left > 0; left -= 1_000) {
    for (const { sendAt = last } of await recordContacts(ctx, contacts(Math.min(left, 1_000))))
      if (sendAt > last) last = sendAt;
  }
  return last.toISOString();
}

/** Contacts a second, posted 100 at a time by eight clients that take the web processes in turns. */
async function contactsRate(webs: number): Promise<number> {
  const token = await createToken(ctx, { name: `bench-${webs}`, scopes: ['contacts:write'] });
  const env = { ...settings(quick), RATE_LIMITS: 'visitor=9999999,key=9999999' };
  const args = ['--no-jobs', '--as-of', '2026-03-10T09:00:00Z'];
  const running = await Promise.all(Array.from({ length: webs }, () => startBuiltService(env, args)));
  const post = async (turn: number) => {
    const answered = await fetch(`${running[turn % webs]!.url}/v1/contacts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(contacts(100)),
    });
    if (answered.status !== 202) throw new Error(`The contacts were refused: ${await answered.text()}`);
    await answered.arrayBuffer();
  };
  const postAll = async (posts: number) => {
    let turn = 0;
    const client = async () => {
      while (turn < posts) {
        turn += 1;
        await post(turn);
      }
    };
    await Promise.all(Array.from({ length: 8 }, client));
  };
  await postAll(20);
  const begin = performance.now();
  await postAll(100);
  const seconds = (performance.now() - begin) / 1_000;
  await Promise.all(running.map((service) => service.stop()));
  return 10_000 / seconds;
}
