import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import { pino } from 'pino';
import { createDelivery } from '../jobs/deliver/index.ts';
import { smtpTransport } from '../jobs/transport/smtp.ts';
import { openStore } from '../server/embedded-mongo/index.ts';
import { fixedClock } from '../surveys/clock.ts';
import { recordContacts } from '../surveys/contacts/index.ts';
import type { Context } from '../surveys/context.ts';
import { publishCatalogue } from '../surveys/definitions/index.ts';
import { deriveKeys } from '../surveys/keys.ts';
import { putSurveySettings } from '../surveys/settings/index.ts';
import { connectStore, disconnectStore, ensureIndexes } from '../surveys/store.ts';
import { report } from './support/report.ts';
import { startSmtpSink } from './support/smtp-sink.ts';

/**
 * Invitations sent per second, each claimed, rendered, handed over and recorded on disk, against a bare loop that
 * hands the same text to nodemailer's pool. Both over as many connections, to a sink that takes everything at once.
 */
const mails = 1_000;
const rounds = 4;
const warmUp = 500;
const connections = 8;

const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-bench-'));
const store = await openStore(dataDir);
await connectStore(store.uri);
await ensureIndexes();
const sink = await startSmtpSink();
const clock = fixedClock('2026-03-10T09:00:00Z');
const ctx: Context = { clock, keys: deriveKeys('a secret for benches only'), log: pino({ level: 'error' }) };
await publishCatalogue(ctx);
await putSurveySettings('customer-journey', { reminderDays: 0 });

const { sent: sample } = await ours('warm-up', warmUp);
await bare(warmUp, sample);
let ourSeconds = 0;
let bareSeconds = 0;
// In turns, so that what else the machine does weighs on both.
for (let round = 1; round <= rounds; round += 1) {
  const begin = performance.now();
  await bare(mails, sample);
  bareSeconds += (performance.now() - begin) / 1_000;
  ourSeconds += (await ours(`round-${round}`, mails)).seconds;
}
report('mails', 'mails/s', (rounds * mails) / ourSeconds, (rounds * mails) / bareSeconds);

await sink.close();
await disconnectStore();
await store.close();
rmSync(dataDir, { recursive: true, force: true });

interface Parts {
  subject: string;
  text: string;
  html: string;
}

/** Invites that many and sends their mails through the product. @returns the text of one, and how long sending took. */
async function ours(source: string, count: number): Promise<{ sent: Parts; seconds: number }> {
  await contacts(source, count);
  const smtp = smtpTransport({ url: sink.url, connections });
  let sent: Parts = { subject: '', text: '', html: '' };
  const delivery = createDelivery(ctx, {
    settings: { baseUrl: 'https://luister.gemeente.example', mailFrom: 'vraag@gemeente.example' },
    transport: {
      close: () => smtp.close(),
      send(mail, signal) {
        sent = mail;
        return smtp.send(mail, signal);
      },
    },
  });
  const begin = performance.now();
  const { accepted } = await delivery.deliverDue();
  const seconds = (performance.now() - begin) / 1_000;
  await smtp.close();
  if (accepted !== count) throw new Error(`${accepted} of ${count} mails were sent.`);
  return { sent, seconds };
}

async function bare(count: number, parts: Parts): Promise<void> {
  const pool = nodemailer.createTransport({ url: sink.url, pool: true, maxConnections: connections });
  const from = { name: 'Gemeente Voorbeeld', address: 'vraag@gemeente.example' };
  await inParallel(count, connections * 3, (i) =>
    pool.sendMail({ from, to: `inwoner${i}@inwoners.example`, ...parts }),
  );
  pool.close();
}

async function inParallel(
  count: number,
  workers: number,
  act: (i: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (next < count) await act(next++);
    }),
  );
}

/** Records contacts that lead to invitations, and moves the clock to when all are due. */
async function contacts(source: string, count: number): Promise<void> {
  const occurredAt = clock.now().toISOString();
  let due = clock.now();
  for (let first = 0; first < count; first += 1_000) {
    const size = Math.min(1_000, count - first);
    const decided = await recordContacts(
      ctx,
      Array.from({ length: size }, (_, i) => ({
        source,
        id: `${first + i}`,
        occurredAt,
        department: 'burgerzaken',
        channel: 'counter',
        recipient: { email: `inwoner${first + i}@${source}.example` },
      })),
    );
    for (const { sendAt = due } of decided) if (sendAt > due) due = sendAt;
  }
  clock.set(due);
}
