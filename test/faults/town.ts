import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { createToken } from '../../server/auth/api-tokens.ts';
import { openStore } from '../../server/embedded-mongo/index.ts';
import { checkCells, rollUpDue } from '../../surveys/aggregates/index.ts';
import { recordContacts } from '../../surveys/contacts/index.ts';
import { ContactModel } from '../../surveys/contacts/model.ts';
import { publishCatalogue } from '../../surveys/definitions/index.ts';
import { InvitationModel } from '../../surveys/invitations/model.ts';
import type { InvitationState } from '../../surveys/invitations/states.ts';
import { deriveKeys, keyedHash } from '../../surveys/keys.ts';
import { connectStore, disconnectStore, ensureIndexes, forgetStore } from '../../surveys/store.ts';
import { times } from '../support/long-form.ts';
import { storeSettings } from '../support/mongodb.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { type Conduct, type Stage, startRoughMailServer } from '../support/rough-mail-server.ts';
import { type RunningProcess, startServiceProcess, startWorkerProcess } from '../support/service.ts';
import { until } from '../support/until.ts';

const secretKey = 'a secret of at least thirty-two characters';
const prefix = 'faults';
/** A Monday morning. */
const begin = Date.UTC(2026, 2, 2, 9);
const minute = 60_000;

/** How often the faults are gone through, and with what numbers: the seed is printed, and can be given. */
export const rounds = times('GOLDEN_EAR_ROUNDS', { short: 1, long: 20 });
export const firstSeed = Number(process.env.GOLDEN_EAR_SEED ?? Date.now() % 1_000_000);

export type Town = Awaited<ReturnType<typeof startTown>>;

/** A store, a Redis and a mail server, on which a test runs processes and breaks things. */
export async function startTown() {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-town-'));
  const redis: RedisServer = await startRedis({ durable: true });
  let conduct: (stage: Stage, to: string) => Conduct | Promise<Conduct> = () => undefined;
  const mail = await startRoughMailServer((stage, to) => conduct(stage, to));
  const { MONGODB_URI } = storeSettings(dataDir);
  const store = MONGODB_URI ? undefined : await openStore(dataDir);
  await connectStore(MONGODB_URI ?? store!.uri);
  await ensureIndexes();
  forgetStore();

  const started = performance.now();
  let ahead = 0;
  const clock = { now: () => new Date(begin + ahead + performance.now() - started) };
  const ctx = { clock, keys: deriveKeys(secretKey), log: pino({ level: 'silent' }) };
  await publishCatalogue(ctx);

  const processes = new Set<RunningProcess>();
  const addresses: string[] = [];
  /** Mails that the store had recorded as accepted at some kill, with how often they had been taken by then. */
  const recorded = new Map<string, number>();

  function settings(): [Record<string, string>, string[]] {
    const env = {
      DATA_DIR: dataDir,
      SECRET_KEY: secretKey,
      REDIS_URL: redis.url,
      QUEUE_PREFIX: prefix,
      SMTP_URL: mail.url,
      LOG_LEVEL: 'warn',
    };
    return [env, ['--as-of', clock.now().toISOString()]];
  }

  function kept<P extends RunningProcess>(one: P): P {
    processes.add(one);
    one.process.once('exit', () => processes.delete(one));
    return one;
  }

  function takenTimes(): Map<string, number> {
    const times = new Map<string, number>();
    for (const { messageId } of mail.taken) times.set(messageId, (times.get(messageId) ?? 0) + 1);
    return times;
  }

  const messageIdOf = (invitation: string) => keyedHash(ctx.keys.message, [invitation], 16);

  return {
    redis,
    prefix,
    addresses,
    taken: mail.taken,

    /** From now on the mail server behaves so. */
    behave(as: (stage: Stage, to: string) => Conduct | Promise<Conduct>) {
      conduct = as;
    },

    /** Moves the clock of the processes that are started from now on. */
    later(minutes: number) {
      ahead += minutes * minute;
    },

    worker: async () => kept(await startWorkerProcess(...settings())),

    async web() {
      const [env, args] = settings();
      return kept(await startServiceProcess(env, ['--no-jobs', ...args]));
    },

    token: () => createToken(ctx, { name: 'faults', scopes: ['contacts:write'] }),

    /** A contact each, whose mails are due at once. */
    async contacts(to: string[]) {
      const results = await recordContacts(ctx, to.map(contactOf));
      expect(results.map(({ decision }) => decision)).to.deep.equal(to.map(() => 'invited'));
      addresses.push(...to);
    },

    /** Remembers what is recorded as sent: it may not go again. Call it when a process was killed. */
    async noteRecorded() {
      const times = takenTimes();
      for (const { _id } of await InvitationModel.find({ accepted: true }, { _id: 1 }).lean()) {
        const id = messageIdOf(_id);
        if (!recorded.has(id)) recorded.set(id, times.get(id) ?? 0);
      }
    },

    /** Waits until everybody but those has got a mail, and nothing waits to be counted. */
    async settled({ without = [] as string[] } = {}) {
      const wanted = addresses.length - without.length;
      const reached = () => new Set(mail.taken.map(({ to }) => to)).size >= wanted;
      const under: InvitationState[] = ['planned', 'sending'];
      await until(async () => reached() && !(await InvitationModel.exists({ state: { $in: under } })));
      await until(async () => !(await rollUpDue()));
    },

    /**
     * Each contact has one decision and one mail; a mail went twice only if it was not yet recorded when a process was
     * killed, and only if that is expected; the cells are right. @returns how many went twice
     */
    async expectEverythingOnce({ without = [] as string[], twice = false } = {}): Promise<number> {
      expect(await ContactModel.countDocuments()).to.equal(addresses.length);
      expect(await InvitationModel.countDocuments()).to.equal(addresses.length);
      const times = takenTimes();
      expect(new Set(mail.taken.map(({ to }) => to))).to.have.keys(
        addresses.filter((one) => !without.includes(one)),
      );
      for (const [id, before] of recorded)
        expect(times.get(id), 'sent again after it was recorded').to.equal(before);
      const repeated = [...times.values()].reduce((sum, count) => sum + count - 1, 0);
      if (!twice) expect(repeated, 'sent twice').to.equal(0);
      expect(await checkCells()).to.deep.equal([]);
      return repeated;
    },

    states: () => statesOf(),

    async killAll() {
      await Promise.all([...processes].map((one) => one.kill()));
    },

    async close() {
      await Promise.all([...processes].map((one) => one.kill()));
      await disconnectStore();
      await store?.close();
      await mail.close();
      await redis.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A contact as a source system sends it. */
export function contactOf(email: string) {
  return {
    source: 'faults',
    id: email,
    occurredAt: '2026-02-25T10:00:00Z',
    department: 'burgerzaken',
    channel: 'counter',
    recipient: { email },
  } as const;
}

/** That many addresses, all with the same first part. */
export function people(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${name}-${i}@inwoners.example`);
}

async function statesOf(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { state } of await InvitationModel.find({}, { state: 1 }).lean())
    counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
