import Bull from 'bull';
import { expect } from 'chai';
import { seededRandom } from '../../server/demo/random.ts';
import { redisMissing } from '../support/redis.ts';
import type { Stage } from '../support/rough-mail-server.ts';
import type { RunningProcess } from '../support/service.ts';
import { pause, until } from '../support/until.ts';
import { contactOf, firstSeed, people, rounds, startTown, type Town } from './town.ts';

/** Workers as processes of their own, on one store, one Redis and one mail server that can all be broken. */
for (let seed = firstSeed; seed < firstSeed + rounds; seed += 1) {
  describe(`Several workers (seed ${seed})`, () => {
    const random = seededRandom(seed);
    let town: Town;

    before(function () {
      if (redisMissing) this.skip();
    });
    beforeEach(async () => {
      town = await startTown();
    });
    afterEach(() => town.close());

    it('send each mail once, though several race for it', async () => {
      await Promise.all([town.worker(), town.worker()]);
      const bull = new Bull('deliver', town.redis.url, { prefix: town.prefix });
      try {
        for (let turn = 0; turn < 10; turn += 1) {
          await town.contacts(people(`turn-${turn}`, 1 + Math.floor(random() * 3)));
          await bull.addBulk(Array.from({ length: 4 }, () => ({ name: 'deliver', data: {} })));
        }
        await town.settled();
      } finally {
        await bull.close();
      }
      await town.expectEverythingOnce();
    });

    it('are killed before, during and after a conversation, and everybody gets their mail', async () => {
      const stages: Stage[] = ['recipient', 'data', 'taken'];
      const killAfter = 5 + Math.floor(random() * 20);
      for (const stage of stages) {
        await town.contacts(people(stage, 60));
        const doomed = await town.worker();
        let seen = 0;
        const dead = new Promise<void>((resolve) => {
          town.behave(async (at) => {
            if (at === stage) seen += 1;
            if (at === stage && seen === killAfter) await doomed.kill().then(resolve);
            return undefined;
          });
        });
        await dead;
        await town.noteRecorded();
        town.behave(() => undefined);
        // The claims of the dead end after a quarter of an hour; another worker need not be told.
        town.later(16);
      }
      const survivors = await Promise.all([town.worker(), town.worker()]);
      await town.settled();
      const twice = await town.expectEverythingOnce({ twice: true });
      // No more than the mails that one worker has under way over its connections, and in one write, at each kill.
      expect(twice).to.be.below(stages.length * 48);
      expect(await Promise.all(survivors.map((one) => one.stop()))).to.deep.equal([0, 0]);
    });

    it('lose Redis, find it empty or flushed, and miss nothing; the web does not need it', async () => {
      const [web] = await Promise.all([town.web(), town.worker(), town.worker()]);
      const token = await town.token();
      let batch = 0;
      const post = async () => {
        batch += 1;
        const to = people(`batch-${batch}`, 40);
        const answered = await fetch(`${web.url}/v1/contacts`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(to.map(contactOf)),
          signal: AbortSignal.timeout(30_000),
        });
        expect(answered.status).to.equal(202);
        town.addresses.push(...to);
      };
      const some = (share: number) =>
        until(() => town.taken.length >= town.addresses.length - 40 * (1 - share));
      town.behave(async () => void (await pause(5)));

      await post();
      await some(random());
      await town.redis.kill();
      await post();
      await town.redis.start();
      await some(random());
      await town.redis.kill();
      await post();
      await town.redis.start({ empty: true });
      await some(random());
      await post();
      await town.redis.flush();
      await post();
      await town.settled();
      await town.expectEverythingOnce();
    });

    it('bear a mail server that refuses, hangs, breaks off and talks nonsense', async () => {
      const faults = ['421', '450', '550', '552', 'silence', 'close', 'garbage'];
      for (const fault of faults) await town.contacts(people(fault, 2));
      await town.contacts(people('good', 60));
      const refused = new Set<string>();
      town.behave((stage, to) => {
        const fault = to.split('-')[0]!;
        if (!faults.includes(fault) || (fault !== '550' && refused.has(to))) return undefined;
        const at = fault === 'silence' || fault === 'close' || fault === 'garbage' ? 'data' : 'recipient';
        if (stage !== at) return undefined;
        refused.add(to);
        if (fault === 'silence' || fault === 'close') return fault;
        return { reply: fault === 'garbage' ? '\u0000\u0001 ceci n’est pas SMTP' : `${fault} ${to} not now` };
      });
      // Each restart is half an hour later: claims have ended, and delays after a fault are over.
      for (let restart = 0; restart < 4 && refused.size < 2 * faults.length; restart += 1) {
        const hung = await town.worker();
        await until(() => refused.size === 2 * faults.length, 10_000).catch(() => undefined);
        await hung.kill();
        await town.noteRecorded();
        town.later(30);
      }
      expect(refused.size).to.equal(2 * faults.length);
      const survivor = await town.worker();
      const bounced = people('550', 2);
      await town.settled({ without: bounced });
      const twice = await town.expectEverythingOnce({ without: bounced, twice: true });
      expect(await town.states()).to.include({ bounced: bounced.length });
      // Only what the server took while the worker was being killed.
      expect(twice).to.be.below(48);
      expect(survivor.output()).not.to.include('inwoners.example');
      expect(await survivor.stop()).to.equal(0);
    });

    it('stop in order under load: what they had not sent is sent by others at once', async () => {
      await town.contacts(people('many', 300));
      town.behave(async () => void (await pause(5)));
      const workers: RunningProcess[] = await Promise.all([town.worker(), town.worker()]);
      await until(() => town.taken.length > 20 + random() * 60);
      const begun = performance.now();
      expect(await Promise.all(workers.map((one) => one.stop()))).to.deep.equal([0, 0]);
      expect(performance.now() - begun).to.be.below(25_000);
      expect(await town.states()).to.have.all.keys('planned', 'sent');
      await town.worker();
      await town.settled();
      await town.expectEverythingOnce();
    });
  });
}
