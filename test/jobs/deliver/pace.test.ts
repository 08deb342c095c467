import { expect } from 'chai';
import { Redis } from 'ioredis';
import { createPace, type Pace, reserveHere, reserveInRedis } from '../../../jobs/deliver/pace.ts';
import { whenReady } from '../../../jobs/queue/redis.ts';
import { redisMissing, startRedis } from '../../support/redis.ts';

/** Sends that many through each pace at once. @returns when each went, in milliseconds since the call, in order */
async function momentsOf(paces: Pace[], each: number): Promise<number[]> {
  const called = performance.now();
  const moments: number[] = [];
  const send = async (pace: Pace) => {
    expect(await pace()).to.equal(true);
    moments.push(performance.now() - called);
  };
  await Promise.all(paces.flatMap((pace) => Array.from({ length: each }, () => send(pace))));
  return moments.sort((a, b) => a - b);
}

/** That none went before its place. A busy machine may hear of its place late, and of some together. */
function expectNoneEarly(moments: number[], perSecond: number): void {
  for (const [n, at] of moments.entries())
    expect(at, `mail ${n}`).to.be.at.least((n * 1_000) / perSecond - 2);
}

describe('jobs/deliver: the pace', () => {
  it('lets so many a second go, evenly', async () => {
    const moments = await momentsOf([createPace(50, reserveHere())], 60);
    expectNoneEarly(moments, 50);
  });

  it('makes up for no time in which nothing went', async () => {
    const pace = createPace(50, reserveHere());
    await pace();
    await new Promise((idle) => setTimeout(idle, 500));
    const moments = await momentsOf([pace], 20);
    expectNoneEarly(moments, 50);
  });

  it('holds over several processes together, and lets nothing go when nobody can tell', async function () {
    if (redisMissing) return this.skip();
    const server = await startRedis();
    const clients = [0, 1, 2].map(() => new Redis(server.url).on('error', () => {}));
    const paces = clients.map((client) =>
      createPace(
        60,
        reserveInRedis(client, 'pace', () => whenReady(client, 100)),
      ),
    );
    try {
      const moments = await momentsOf(paces, 30);
      expectNoneEarly(moments, 60);
      await server.kill();
      await new Promise((heard) => setTimeout(heard, 50));
      expect(await paces[0]!()).to.equal(false);
      await server.start({ empty: true });
      await whenReady(clients[0]!, 5_000);
      expect(await paces[0]!()).to.equal(true);
    } finally {
      for (const client of clients) client.disconnect();
      await server.close();
    }
  });
});
