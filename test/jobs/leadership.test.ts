import { expect } from 'chai';
import { type Leadership, standForLeadership } from '../../jobs/leadership.ts';
import { acquireLease } from '../../surveys/leases.ts';
import { testContext } from '../support/context.ts';
import { useStore } from '../support/store.ts';
import { pause, until } from '../support/until.ts';

const leaseMs = 800;

describe('jobs: leadership', () => {
  useStore();
  /** Its clock stands still: no lease is over on a machine that is slow, unless a test says so. */
  let ctx: ReturnType<typeof testContext>;
  let candidates: Leadership[];
  beforeEach(() => {
    ctx = testContext();
    candidates = [];
  });
  afterEach(() => Promise.all(candidates.map((one) => one.close())));

  function stand(): Leadership {
    const candidate = standForLeadership(ctx, 'reconciler', { leaseMs });
    candidates.push(candidate);
    return candidate;
  }

  it('is with one of many, and stays there', async () => {
    const all = Array.from({ length: 5 }, stand);
    const leader = await Promise.any(all.map((one) => until(() => one.holds()).then(() => one)));
    await pause(3 * leaseMs);
    await until(() => leader.holds());
    for (const one of all) if (one !== leader) expect(await one.holds()).to.equal(false);
  });

  it('passes on at once when its holder stops', async () => {
    const first = stand();
    await until(() => first.holds());
    const second = stand();
    expect(await second.holds()).to.equal(false);
    await first.close();
    expect(await first.holds()).to.equal(false);
    await until(() => second.holds());
  });

  it('passes on when the lease of a holder that died is over', async () => {
    await acquireLease('reconciler', 'a process that was killed', ctx.clock, leaseMs);
    const next = stand();
    expect(await next.holds()).to.equal(false);
    await pause(leaseMs);
    expect(await next.holds()).to.equal(false);
    ctx.clock.advance(leaseMs);
    await until(() => next.holds());
  });

  it('is given up by who lost it to another', async () => {
    const slow = stand();
    await until(() => slow.holds());
    const later = { now: () => new Date(ctx.clock.now().getTime() + leaseMs) };
    await acquireLease('reconciler', 'another', later, 60_000);
    await until(async () => !(await slow.holds()));
    await pause(leaseMs);
    expect(await slow.holds()).to.equal(false);
  });
});
