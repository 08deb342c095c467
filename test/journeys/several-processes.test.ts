import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DateTime } from 'luxon';
import mongoose from 'mongoose';
import { pino } from 'pino';
import { createToken } from '../../server/auth/api-tokens.ts';
import { loadConfig } from '../../server/config.ts';
import { type Carriers, carriersOf, live } from '../../server/demo/demo.ts';
import { openStore } from '../../server/embedded-mongo/index.ts';
import { startService } from '../../server/start.ts';
import {
  CellModel,
  checkCells,
  createRelease,
  readAggregates,
  rollUpDue,
} from '../../surveys/aggregates/index.ts';
import { fixedClock } from '../../surveys/clock.ts';
import { publishCatalogue } from '../../surveys/definitions/index.ts';
import { countDue, InvitationModel } from '../../surveys/invitations/index.ts';
import { deriveKeys } from '../../surveys/keys.ts';
import { connectStore, disconnectStore, ensureIndexes, forgetStore } from '../../surveys/store.ts';
import { needsOneStepUpdates, storeSettings } from '../support/mongodb.ts';
import { redisMissing, startRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const secretKey = 'a secret of at least thirty-two characters';
const monday = DateTime.fromISO('2026-03-02', { zone: 'Europe/Amsterdam' });
/** Working days of two weeks: long enough for reminders, and for figures that show. */
const days = [0, 1, 2, 3, 4, 7, 8, 9].map((n) => monday.plus({ days: n }));
const script = new URL('../support/town-process.ts', import.meta.url).pathname;

describe('Two web and two worker processes on one store and one Redis', () => {
  before(function () {
    if (redisMissing) this.skip();
  });

  it('run the demo to the same table as one process does', async function () {
    this.timeout(600_000);
    await needsOneStepUpdates(this);
    const alone = await inDirectory(liveAlone);
    const together = await inDirectory(liveTogether);
    expect(alone.rows.some(({ status }) => status !== 'suppressed')).to.equal(true);
    expect(together.rows).to.deep.equal(alone.rows);
    expect(together.cells).to.deep.equal(alone.cells);
    expect(together.differences).to.deep.equal([]);
  });
});

async function inDirectory<T>(act: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-demo-'));
  try {
    return await act(dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function settings(dataDir: string): Record<string, string> {
  const limits = 'visitor=9999999,key=9999999,link=9999999,guess=9999999';
  const env = { SECRET_KEY: secretKey, PORT: '0', LOG_LEVEL: 'error', RATE_LIMITS: limits };
  return { ...env, ...storeSettings(dataDir) };
}

async function liveAlone(dataDir: string) {
  const clock = fixedClock(days[0]!.toJSDate());
  forgetStore();
  const service = await startService(loadConfig(settings(dataDir)), { clock, schedule: false });
  try {
    await live(await carriersOf(service, { clock, outbox: join(dataDir, 'outbox') }), days);
    return await scores({ clock });
  } finally {
    await service.close();
  }
}

/** The store belongs to this process, which only looks; everything is done by the others. */
async function liveTogether(dataDir: string) {
  const clock = fixedClock(days[0]!.toJSDate());
  const redis = await startRedis();
  const env = { ...settings(dataDir), REDIS_URL: redis.url };
  const store = 'MONGODB_URI' in env ? undefined : await openStore(dataDir);
  await connectStore('MONGODB_URI' in env ? String(env.MONGODB_URI) : store!.uri);
  forgetStore();
  const children: ChildProcess[] = [];
  try {
    await ensureIndexes();
    const ctx = { clock, keys: deriveKeys(secretKey), log: pino({ level: 'silent' }) };
    await publishCatalogue(ctx);
    const start = async (role: 'web' | 'work') => {
      const child = fork(script, [role, clock.now().toISOString()], {
        env: { ...process.env, ...env },
        execArgv: ['tsx', new URL('../support/tsx-in-threads.mjs', import.meta.url).href].map(
          (one) => `--import=${one}`,
        ),
      });
      children.push(child);
      return String((await once(child, 'message'))[0]);
    };
    const [first, second] = await Promise.all([start('web'), start('web'), start('work'), start('work')]);
    const carriers: Carriers = {
      urls: [first!, second!],
      token: await createToken(ctx, { name: 'demo', scopes: ['contacts:write'] }),
      outbox: join(dataDir, 'outbox'),
      async setClock(to) {
        clock.set(to);
        await Promise.all(
          children.map((child) => {
            child.send(to.toISOString());
            return once(child, 'message');
          }),
        );
      },
      deliver: async () => {
        await until(
          async () => (await countDue(ctx, { limit: 1, anyHour: true })) === 0 && !(await claimed()),
        );
      },
      drain: async () => {
        await until(async () => !(await rollUpDue()));
      },
    };
    await live(carriers, days);
    await Promise.all(children.map(end));
    return await scores({ clock });
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await disconnectStore();
    await store?.close();
    await redis.close();
  }
}

async function claimed(): Promise<boolean> {
  return (await InvitationModel.exists({ lease: { $exists: true } })) !== null;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}

/** The table of a first release: what workers released meanwhile depends on the moment. */
async function scores({ clock }: { clock: ReturnType<typeof fixedClock> }) {
  for (const model of Object.values(mongoose.models))
    if (model.modelName.startsWith('Release')) await model.collection.deleteMany({});
  const ctx = { clock, keys: deriveKeys(secretKey), log: pino({ level: 'silent' }) };
  await createRelease(ctx, 'customer-journey');
  const survey = 'customer-journey';
  const tables = await Promise.all(
    ['department', 'department,channel'].map((by) => readAggregates({ survey, by })),
  );
  const rows = tables.flatMap((table) => table.rows);
  const stored = await CellModel.find().sort({ _id: 1 }).lean();
  const cells = stored.map(({ fence: _, ...cell }) => cell);
  return { rows, cells, differences: await checkCells() };
}
