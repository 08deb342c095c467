import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import mongoose from 'mongoose';
import { checkedOnWrite } from '../checked-on-write.ts';
import { systemClock } from '../clock.ts';
import { acquireLease, type Lease, releaseLease, renewLease } from '../leases.ts';
import { type Migration, steps } from './steps.ts';

/** How far the stored data are: the number of steps that were taken. */
const VersionModel = mongoose.model(
  'StoreVersion',
  new mongoose.Schema<{ _id: string; version: number }>(
    { _id: { type: String, required: true }, version: { type: Number, required: true } },
    checkedOnWrite,
  ),
  'storeVersion',
);

const id = 'store';
const leaseMs = 30_000;
const renewMs = 10_000;
const lookAgainMs = 100;

export interface MigrateOptions {
  migrations?: readonly Migration[];
  /** Called with a line for people whenever documents were changed. */
  onProgress?: (line: string) => void;
}

/** @throws Error when a newer program has changed the store: this one would not understand what it reads. */
export async function refuseNewerStore(migrations: readonly Migration[] = steps): Promise<void> {
  const version = await storeVersion();
  if (version > migrations.length) {
    throw new Error(
      `The store is of version ${version}; this program knows versions up to ${migrations.length}. Start the newer program that made it so, or restore a backup from before.`,
    );
  }
}

/**
 * Brings the stored data to the version of this program: each step once, in order, by one process at a time; others
 * that start meanwhile wait for it. A process that dies in a step is followed by one that takes the step again.
 * Leases here go by the machine's clock, whatever clock the rules have.
 * @throws as `refuseNewerStore` does
 */
export async function migrateStore({ migrations = steps, onProgress }: MigrateOptions = {}): Promise<void> {
  const owner = randomUUID();
  for (;;) {
    await refuseNewerStore(migrations);
    if ((await storeVersion()) === migrations.length) return;
    const lease = await acquireLease('migration', owner, systemClock, leaseMs);
    if (lease) await whileRenewed(lease, () => takeNextStep(migrations, onProgress));
    else await wait(lookAgainMs);
  }
}

async function storeVersion(): Promise<number> {
  return (await VersionModel.findById(id).lean())?.version ?? 0;
}

/** Under the lease: looks again where the store is, since another process may have been there meanwhile. */
async function takeNextStep(
  migrations: readonly Migration[],
  onProgress: ((line: string) => void) | undefined,
): Promise<void> {
  const version = await storeVersion();
  const step = migrations[version];
  const { db } = mongoose.connection;
  if (!step || !db) return;
  let changed = 0;
  await step.run(db, (more) => {
    if (more === 0) return;
    changed += more;
    onProgress?.(`Migration ${version + 1} of ${migrations.length}: ${step.title}: ${changed} so far`);
  });
  await VersionModel.updateOne({ _id: id }, { $max: { version: version + 1 } }, { upsert: true });
}

async function whileRenewed(lease: Lease, act: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => {
    // One renewal that fails is made up for by the next; a lost lease means a step taken twice, which is safe.
    renewLease(lease, systemClock, leaseMs).catch(() => undefined);
  }, renewMs);
  try {
    await act();
  } finally {
    clearInterval(timer);
    await releaseLease(lease);
  }
}
