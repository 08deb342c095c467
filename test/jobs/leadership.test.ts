import { expect } from 'chai';
import { standForLeadership } from '../../jobs/leadership.ts';
import { systemClock } from '../../surveys/clock.ts';
import { acquireLease } from '../../surveys/leases.ts';
import { testContext } from '../support/context.ts';
import { useStore } from '../support/store.ts';

const leaseMs = 800;
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe('jobs: leadership', () => {
  useStore();
  const ctx = { ...testContext(), clock: systemClock };
  const stand = () => standForLeadership(ctx, 'reconciler', { leaseMs });

  it('is with one of many, and stays there', async () => {
    const candidates = Array.from({ length: 5 }, stand);
    const first = await Promise.all(candidates.map((one) => one.holds()));
    expect(first.filter(Boolean)).to.have.length(1);
    await pause(3 * leaseMs);
    expect(await Promise.all(candidates.map((one) => one.holds()))).to.deep.equal(first);
    await Promise.all(candidates.map((one) => one.close()));
  });

  it('passes on at once when its holder stops', async () => {
    const first = stand();
    expect(await first.holds()).to.equal(true);
    const second = stand();
    expect(await second.holds()).to.equal(false);
    await first.close();
    expect(await first.holds()).to.equal(false);
    await pause(leaseMs / 2);
    expect(await second.holds()).to.equal(true);
    await second.close();
  });

  it('passes on when the lease of a holder that died is over', async () => {
    await acquireLease('reconciler', 'a process that was killed', systemClock, leaseMs);
    const next = stand();
    expect(await next.holds()).to.equal(false);
    await pause(2 * leaseMs);
    expect(await next.holds()).to.equal(true);
    await next.close();
  });

  it('is given up by who lost it to another', async () => {
    const slow = stand();
    expect(await slow.holds()).to.equal(true);
    const later = { now: () => new Date(Date.now() + 10 * leaseMs) };
    await acquireLease('reconciler', 'another', later, 60_000);
    await pause(leaseMs);
    expect(await slow.holds()).to.equal(false);
    await slow.close();
  });
});
