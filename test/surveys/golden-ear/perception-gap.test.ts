import { expect } from 'chai';
import { differenceOfShares, meanInterval } from '../../../surveys/aggregates/comparisons.ts';
import { wilsonInterval } from '../../../surveys/aggregates/measures.ts';
import { perceptionGap } from '../../../surveys/golden-ear/index.ts';

/** What a release says of residents. */
function heard(successes: number, n: number) {
  return { satisfied: successes / n, satisfiedInterval: wilsonInterval(successes, n) };
}

describe('The perception gap', () => {
  it('holds an estimate with its t interval beside a share with its Wilson interval', () => {
    const gap = perceptionGap({ n: 12, mean: 80, deviation: 10 }, heard(50, 100));
    // 80 ± 2.2010 x 10 / sqrt(12) and the rounding of a released mean; Wilson of 50 in 100 (Newcombe 1998, table I).
    expect(gap.staff!.interval[0]).to.be.closeTo(80 - (2.200985 * 10) / Math.sqrt(12) - 0.05, 1e-4);
    expect(gap.residents!.interval[0]).to.be.closeTo(40.3832, 1e-3);
    expect(gap.residents!.interval[1]).to.be.closeTo(59.6168, 1e-3);
    expect(gap.difference!.value).to.be.closeTo(30, 1e-9);
    const [below, above] = [80 - gap.staff!.interval[0], gap.residents!.interval[1] - 50];
    expect(gap.difference!.interval[0]).to.be.closeTo(30 - Math.hypot(below, above), 1e-9);
    expect(gap.verdict).to.equal('better');
  });

  it('joins two intervals as Newcombe does for two shares', () => {
    const [first, second] = [
      { successes: 56, n: 70 },
      { successes: 48, n: 80 },
    ];
    // Newcombe 1998, method 10, (a) 56/70 - 48/80: 0.0524 to 0.3339.
    const { interval } = differenceOfShares(first, second)!;
    expect(interval[0]).to.be.closeTo(0.0524, 5e-5);
    const [l1] = wilsonInterval(56, 70);
    const [, u2] = wilsonInterval(48, 80);
    expect(0.2 - Math.hypot(0.8 - l1, u2 - 0.6)).to.be.closeTo(interval[0], 1e-12);
  });

  it('says better, as well, less, or that it cannot be said yet', () => {
    const estimate = (mean: number, n = 40, deviation = 8) => ({ n, mean, deviation });
    expect(perceptionGap(estimate(90), heard(300, 600)).verdict).to.equal('better');
    expect(perceptionGap(estimate(51), heard(300, 600)).verdict).to.equal('asWell');
    expect(perceptionGap(estimate(20), heard(300, 600)).verdict).to.equal('less');
    expect(perceptionGap(estimate(55, 5, 30), heard(6, 12)).verdict).to.equal('cannotBeSaidYet');
  });

  it('says nothing without one of both', () => {
    const estimate = { n: 12, mean: 80, deviation: 10 };
    expect(perceptionGap(undefined, heard(5, 10))).to.deep.include({
      staff: undefined,
      verdict: 'cannotBeSaidYet',
    });
    expect(perceptionGap(estimate, undefined)).to.deep.include({
      residents: undefined,
      verdict: 'cannotBeSaidYet',
    });
    expect(perceptionGap({ n: 12, mean: 80 }, heard(5, 10)).difference).to.equal(undefined);
  });

  it('stays on the scale from 0 to 100', () => {
    const { staff } = perceptionGap({ n: 5, mean: 98, deviation: 10 }, heard(1, 20));
    expect(staff!.interval[1]).to.equal(100);
    expect(meanInterval({ n: 5, mean: 98, deviation: 10 })![1]).to.be.above(100);
  });
});
