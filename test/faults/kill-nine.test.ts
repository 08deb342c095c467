import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { createToken } from '../../server/auth/api-tokens.ts';
import { seededRandom } from '../../server/demo/random.ts';
import { openStore } from '../../server/embedded-mongo/index.ts';
import { checkCells, rollUp } from '../../surveys/aggregates/index.ts';
import { systemClock } from '../../surveys/clock.ts';
import { ContactModel } from '../../surveys/contacts/model.ts';
import { InvitationModel } from '../../surveys/invitations/model.ts';
import { tokenKeys } from '../../surveys/invitations/tokens.ts';
import { deriveKeys, keyedHash } from '../../surveys/keys.ts';
import { ResponseModel } from '../../surveys/responses/model.ts';
import { connectStore, disconnectStore, ensureIndexes } from '../../surveys/store.ts';
import { times } from '../support/long-form.ts';
import { type ServiceProcess, startServiceProcess } from '../support/service.ts';
import { type ReceivedMail, startMailServer } from '../support/smtp.ts';
import { pause, until } from '../support/until.ts';

const rounds = times('GOLDEN_EAR_ROUNDS', { short: 3, long: 50 });
const seed = Number(process.env.GOLDEN_EAR_SEED ?? Date.now() % 1_000_000);
const secretKey = 'a secret of at least thirty-two characters';
const contactsARound = 60;
const ctx = { clock: systemClock, keys: deriveKeys(secretKey), log: pino({ level: 'silent' }) };

describe('Killed at any moment', () => {
  it(`decides, sends and answers once in ${rounds} kills (seed ${seed})`, async function () {
    this.timeout(300_000 + rounds * 15_000);
    const town = await startTown();
    try {
      for (let round = 0; round < rounds; round += 1) await town.round(round);
      await town.settle();
      await town.expectEverythingOnce();
    } finally {
      await town.close();
    }
  });
});

/** A service, its mail server, what was sent to it and what it acknowledged. */
async function startTown() {
  const random = seededRandom(seed);
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-kill-'));
  const mailServer = await startMailServer();
  const env = { DATA_DIR: dataDir, SECRET_KEY: secretKey, SMTP_URL: mailServer.url, LOG_LEVEL: 'error' };
  const token = await inStore(dataDir, () =>
    createToken(ctx, { name: 'faults', scopes: ['contacts:write'] }),
  );
  const contacts: object[] = [];
  const acknowledged = new Map<string, number>();
  const closed = new Set<string>();
  /** Mails that the store had recorded as accepted at some kill, with how often they had arrived by then. */
  const recorded = new Map<string, number>();

  return {
    async round(round: number) {
      for (let n = 0; n < contactsARound; n += 1) contacts.push(contact(`${round}-${n}`));
      const service = await start(round);
      let over = false;
      const work = [importAll(service, () => over), answerAll(service, () => over)];
      await pause(200 + random() * 2_800);
      // A slow machine may be killed each time before it mailed: the last kill must have an answer to lose.
      if (round === rounds - 1) await until(() => acknowledged.size > 0);
      await service.kill();
      over = true;
      await Promise.all(work);
      await noteRecorded();
    },

    async settle() {
      const service = await start(rounds + 3);
      await importAll(service, () => false);
      await until(() => arrivals().size === contacts.length);
      expect(await service.stop()).to.equal(0);
    },

    expectEverythingOnce: () =>
      inStore(dataDir, async () => {
        expect(await ContactModel.countDocuments()).to.equal(contacts.length);
        expect(await InvitationModel.countDocuments()).to.equal(contacts.length);
        const arrived = arrivals();
        expect(arrived.size, 'mails by Message-ID').to.equal(contacts.length);
        for (const [id, times] of recorded)
          expect(arrived.get(id), `sent again after it was recorded: ${id}`).to.equal(times);
        for (const [link, grade] of acknowledged) {
          const response = await ResponseModel.findById(tokenKeys(tokenOf(link)).response).lean();
          expect(response?.answers.overall, 'an acknowledged answer').to.equal(grade);
        }
        expect(acknowledged.size).to.be.greaterThan(0);
        const twice = [...arrived.values()].reduce((sum, times) => sum + times, 0) - arrived.size;
        expect(closed.size, 'links closed by another').to.be.at.most(twice);
        // What the service had not counted yet must still be marked.
        await rollUp(ctx);
        expect(await checkCells()).to.deep.equal([]);
      }),

    async close() {
      await mailServer.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };

  /** The clock goes on by five minutes a round, and by more than a lease before all must settle. */
  function start(round: number): Promise<ServiceProcess> {
    const now = new Date(Date.UTC(2026, 2, 2, 9, 5 * round));
    return startServiceProcess(env, ['--as-of', now.toISOString()]);
  }

  async function importAll({ url }: ServiceProcess, over: () => boolean): Promise<void> {
    for (let at = 0; at < contacts.length && !over(); at += 20) {
      await fetch(`${url}/v1/contacts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(contacts.slice(at, at + 20)),
      }).catch(ignoreDeath);
    }
  }

  async function answerAll({ url }: ServiceProcess, over: () => boolean): Promise<void> {
    while (!over()) {
      const links = mailServer.received
        .map(linkOf)
        .filter((link) => !acknowledged.has(link) && !closed.has(link));
      for (const link of links.slice(0, 10)) {
        const grade = 1 + Math.floor(random() * 10);
        const answer = await fetch(`${url}/s/${tokenOf(link)}`, {
          method: 'POST',
          body: new URLSearchParams({ overall: String(grade) }),
          redirect: 'manual',
        }).catch(ignoreDeath);
        if (answer === undefined) return;
        // A mail that went twice has two links, and the first that answers closes the other.
        if (answer.status === 409) closed.add(link);
        else expect(answer.status, await answer.text()).to.equal(303);
        if (answer.status === 303) acknowledged.set(link, grade);
      }
      await pause(10);
    }
  }

  function noteRecorded(): Promise<void> {
    const now = arrivals();
    return inStore(dataDir, async () => {
      for (const { _id } of await InvitationModel.find({ accepted: true }).lean()) {
        const id = keyedHash(ctx.keys.message, [_id], 16);
        if (!recorded.has(id)) recorded.set(id, now.get(id) ?? 0);
      }
    });
  }

  function arrivals(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const mail of mailServer.received)
      counts.set(messageId(mail), (counts.get(messageId(mail)) ?? 0) + 1);
    return counts;
  }
}

/** Opens the data directory in this process, as its only user, for one look. */
async function inStore<T>(dataDir: string, look: () => Promise<T>): Promise<T> {
  const store = await openStore(dataDir);
  await connectStore(store.uri);
  try {
    await ensureIndexes();
    return await look();
  } finally {
    await disconnectStore();
    await store.close();
  }
}

/** A contact whose mail is due when the service's clock starts. */
function contact(id: string): object {
  return {
    source: 'faults',
    id,
    occurredAt: '2026-02-25T10:00:00Z',
    department: 'burgerzaken',
    channel: 'counter',
    recipient: { email: `resident-${id}@inwoners.example` },
  };
}

function messageId({ mail }: ReceivedMail): string {
  return (mail.messageId ?? '').replace(/^<|@.*$/g, '');
}

function linkOf({ mail }: ReceivedMail): string {
  return /https?:\/\/\S+\/s\/[\w-]+/.exec(mail.text ?? '')?.[0] ?? '';
}

function tokenOf(link: string): string {
  return link.slice(link.lastIndexOf('/') + 1);
}

/** The service may be killed under a request; what was not answered does not count. */
function ignoreDeath(error: unknown): undefined {
  if (!(error instanceof TypeError)) throw error;
}
