import { expect } from 'chai';
import { startOwner } from '../server/embedded-mongo/owner-process.ts';
import { openWithClient } from '../server/embedded-mongo/support.ts';
import { goldenEar, type ServiceProcess, startServiceProcess } from '../support/service.ts';
import { settled } from '../support/settled.ts';
import { mountSmallDisk, type SmallDisk, whyNoSmallDisk } from '../support/small-disk.ts';
import { until } from '../support/until.ts';

const why = whyNoSmallDisk();
const mounted = why === '' ? describe : describe.skip;

mounted(`When the disk is full${why && `: ${why}`}`, () => {
  let disk: SmallDisk;
  beforeEach(() => {
    disk = mountSmallDisk(100);
  });
  afterEach(() => disk.remove());

  it('the store refuses to write, keeps what it answered, and goes on when there is space', async () => {
    disk.leave(3);
    const owner = await startOwner(disk.path);
    const db = owner.client.db();
    try {
      const things = db.collection<{ _id: number; text: string }>('things');
      await things.createIndex({ text: 1 });
      const insert = (_id: number) =>
        things.insertOne({ _id, text: `${_id} ${'some text '.repeat(1_000)}` }).then(
          () => undefined,
          ({ code }: { code?: unknown }) => code,
        );
      const kept = async () =>
        (await things.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);

      let answered = 0;
      let code: unknown;
      while (code === undefined && answered < 1_000) {
        code = await insert(answered);
        if (code === undefined) answered += 1;
      }
      expect(code, 'OutOfDiskSpace').to.equal(14031);
      for (let _id = answered; _id < answered + 5; _id += 1) expect(await insert(_id)).to.equal(14031);
      const expected = Array.from({ length: answered }, (_, _id) => _id);
      expect(answered).to.be.within(20, 400);
      expect(await kept()).to.deep.equal(expected);
      expect(await db.command({ validate: 'things' })).to.include({ valid: true });

      disk.free();
      expect(await insert(answered)).to.equal(undefined);
      await owner.stop();
      const again = await openWithClient(disk.path);
      const found = await again.db.collection<{ _id: number }>('things').find().sort({ _id: 1 }).toArray();
      const clean = await again.db.command({ validate: 'things' });
      await again.close();
      expect(found.map(({ _id }) => _id)).to.deep.equal([...expected, answered]);
      expect(clean).to.include({ valid: true });
    } catch (error) {
      await owner.stop();
      throw error;
    }
  });

  it('the service says so with 503, loses no answer, and goes on by itself when there is space', async () => {
    const env = {
      DATA_DIR: disk.path,
      SECRET_KEY: 'a secret of at least thirty-two characters',
      LOG_LEVEL: 'silent',
    };
    const made = await goldenEar(
      ['token', 'create', '--name', 'kiosk', '--scopes', 'responses:write', '--json'],
      env,
    );
    const { token } = JSON.parse(made.stdout) as { token: string };
    const service = await startServiceProcess(env);
    disk.leave(2);
    try {
      const stored = new Set<string>();
      let refused: Awaited<ReturnType<typeof post>> | undefined;
      let again: string[] = [];
      for (let batch = 0; batch < 100 && refused === undefined; batch += 1) {
        const names = Array.from({ length: 50 }, (_, n) => `${batch}-${n}`);
        const answer = await post(service, token, names);
        if (answer.status !== 202) [refused, again] = [answer, names];
        else {
          const results = answer.body.results as { decision: string }[];
          expect(new Set(results.map(({ decision }) => decision))).to.deep.equal(new Set(['stored']));
          for (const name of names) stored.add(name);
        }
      }
      expect(stored.size).to.be.greaterThan(0);
      expect(refused).to.include({ status: 503, type: 'application/problem+json' });
      expect(refused?.body)
        .to.include({ code: 'unavailable' })
        .and.to.have.property('detail')
        .that.includes('full');
      expect((await fetch(`${service.url}/v1/surveys`)).status, 'reading').to.equal(200);

      // It looks at the disk every few seconds.
      await until(async () => (await fetch(`${service.url}/health/ready`)).status === 503);

      disk.free();
      // Some of what was refused may be stored: who sends it again adds the rest.
      await until(async () => (await post(service, token, again)).status === 202);
      expect(await settled(env)).to.equal(stored.size + again.length);
    } finally {
      await service.stop();
    }
  });
});

/** Sends answers that were given at a kiosk. A batch is stored whole or, when refused, may be stored in part. */
async function post({ url }: ServiceProcess, token: string, names: string[]) {
  const answered = await fetch(`${url}/v1/responses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(
      names.map((externalId) => ({
        survey: 'customer-journey',
        department: 'burgerzaken',
        channel: 'counter',
        mode: 'kiosk',
        answerDate: '2026-03-09',
        answers: { overall: 8, comment: 'A comment that takes some space on the disk. '.repeat(20) },
        externalId,
      })),
    ),
  });
  const type = answered.headers.get('content-type')?.split(';')[0];
  return { status: answered.status, type, body: (await answered.json()) as Record<string, unknown> };
}
