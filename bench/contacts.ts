import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { pino } from 'pino';
import { openStore } from '../server/embedded-mongo/index.ts';
import customerJourney from '../surveys/catalog/customer-journey.json' with { type: 'json' };
import { fixedClock } from '../surveys/clock.ts';
import { recordContacts } from '../surveys/contacts/index.ts';
import { publishSurvey } from '../surveys/definitions/index.ts';
import { deriveKeys } from '../surveys/keys.ts';
import { connectStore, disconnectStore, ensureIndexes } from '../surveys/store.ts';
import { report } from './support/report.ts';

/**
 * Contacts decided per second in batches of 1,000, nine in ten of them invited, against a bare driver that writes the
 * resulting documents in the same batches.
 */
const batchSize = 1_000;
const batches = 20;
const collections = ['caps', 'invitations', 'contacts'];

const directory = mkdtempSync(join(tmpdir(), 'golden-ear-bench-'));
const store = await openStore(directory);
await connectStore(store.uri);
await ensureIndexes();
const ctx = {
  clock: fixedClock('2026-03-10T09:00:00Z'),
  keys: deriveKeys('a secret for benchmarks only'),
  log: pino({ level: 'silent' }),
};
await publishSurvey(ctx, customerJourney);

await recordAll('warm-up', 3);
await clear();
const decided = await perSecond(() => recordAll('bench', batches));
const repeated = await perSecond(() => recordAll('bench', batches));
const written = await copies();
await clear();
const bare = await perSecond(() => writeAll(written));
report('contacts decided', 'contacts/s', decided, bare);
report('contacts repeated', 'contacts/s', repeated, bare);

await disconnectStore();
await store.close();
rmSync(directory, { recursive: true });

async function recordAll(source: string, count: number): Promise<void> {
  for (let batch = 0; batch < count; batch += 1) await recordContacts(ctx, events(source, batch));
}

/** Every tenth contact is of somebody who had one before. */
function events(source: string, batch: number): object[] {
  return Array.from({ length: batchSize }, (_, position) => {
    const n = batch * batchSize + position;
    return {
      source,
      id: `contact-${n}`,
      occurredAt: '2026-03-09T14:00:00Z',
      department: `department-${n % 20}`,
      channel: ['phone', 'counter', 'website', 'email'][n % 4],
      product: `product-${n % 40}`,
      recipient: { email: `resident-${n % 10 === 9 ? n - 1 : n}@voorbeeld.example` },
    };
  });
}

async function perSecond(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (batches * batchSize * 1_000) / (performance.now() - start);
}

type Documents = { _id: string }[];

async function copies(): Promise<Map<string, Documents>> {
  const found = new Map<string, Documents>();
  for (const name of collections) found.set(name, await collection(name).find().toArray());
  return found;
}

async function writeAll(documents: Map<string, Documents>): Promise<void> {
  for (let batch = 0; batch < batches; batch += 1) {
    for (const [name, all] of documents) {
      const size = Math.ceil(all.length / batches);
      await collection(name).insertMany(all.slice(batch * size, (batch + 1) * size), { ordered: false });
    }
  }
}

async function clear(): Promise<void> {
  for (const name of collections) await collection(name).deleteMany({});
}

function collection(name: string) {
  return mongoose.connection.collection<{ _id: string }>(name);
}
