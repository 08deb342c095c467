import { expect } from 'chai';
import fc from 'fast-check';
import { backoffDelay } from '../../jobs/backoff.ts';

describe('jobs/backoff', () => {
  it('doubles from the base up to the bound, and halves at most by chance', () => {
    const policy = { baseMs: 60_000, maxMs: 600_000 };
    const longest = [1, 2, 3, 4, 5, 100].map((attempt) => backoffDelay(attempt, policy, () => 0.999999999));
    expect(longest).to.deep.equal([60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
    expect(backoffDelay(1, policy, () => 0)).to.equal(30_000);
  });

  it('always lies between half the step and the bound', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, baseMs, chance) => {
          const maxMs = baseMs * 50;
          const delay = backoffDelay(attempt, { baseMs, maxMs }, () => chance);
          expect(delay).to.be.within(Math.floor(baseMs / 2), maxMs);
        },
      ),
    );
  });
});
