import { expect } from 'chai';
import fc from 'fast-check';
import {
  differenceOfMeans,
  differenceOfShares,
  holm,
  meanInterval,
  pValueOf,
  verdictOnChange,
  verdictsTogether,
} from '../../../surveys/aggregates/comparisons.ts';
import { mean, standardDeviation } from '../../../surveys/aggregates/measures.ts';
import independent from './independent-figures.json' with { type: 'json' };

const shares = (a: number, n: number, b: number, m: number) =>
  differenceOfShares({ successes: a, n }, { successes: b, n: m })!;

const fourDecimals = (values: readonly number[]) => values.map((value) => value.toFixed(4));

/** Increase in hours of sleep with two drugs. */
const sleep = {
  first: [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
  second: [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
};

function summary(values: number[]) {
  const histogram: Record<string, number> = {};
  for (const value of values) histogram[value] = (histogram[value] ?? 0) + 1;
  const known = { n: values.length, mean: mean(histogram, Number)! };
  return { ...known, deviation: standardDeviation(histogram, Number)! };
}

describe('differenceOfShares', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10.
  const published = [
    [56, 70, 48, 80, '0.0524', '0.3339'],
    [9, 10, 3, 10, '0.1705', '0.8090'],
    [6, 7, 2, 7, '0.0582', '0.8062'],
    [5, 56, 0, 29, '-0.0381', '0.1926'],
    [0, 10, 0, 20, '-0.1611', '0.2775'],
    [0, 10, 0, 10, '-0.2775', '0.2775'],
    [10, 10, 0, 20, '0.6791', '1.0000'],
    [10, 10, 0, 10, '0.6075', '1.0000'],
  ] as const;
  for (const [a, n, b, m, low, high] of published) {
    it(`gives Newcombe's limits for ${a}/${n} - ${b}/${m}`, () => {
      expect(fourDecimals(shares(a, n, b, m).interval)).to.deep.equal([low, high]);
    });
  }

  it('agrees with an independent package', () => {
    for (const { first, second, confidence, interval } of independent.shares) {
      const own = differenceOfShares(first, second, confidence)!;
      expect(fourDecimals(own.interval)).to.deep.equal(fourDecimals(interval));
    }
  });

  it('turns round with its figures, and knows nothing without answers', () => {
    const [low, high] = shares(12, 40, 30, 50).interval;
    expect(fourDecimals(shares(30, 50, 12, 40).interval)).to.deep.equal(fourDecimals([-high, -low]));
    expect(differenceOfShares({ successes: 0, n: 0 }, { successes: 1, n: 2 })).to.equal(undefined);
  });
});

describe('differenceOfMeans', () => {
  it("gives the published figures of Welch's t for the sleep data", () => {
    // Student (1908) as `t.test(extra ~ group, data = sleep)` in the manual of R, package stats.
    const found = differenceOfMeans(summary(sleep.first), summary(sleep.second))!;
    expect(found.difference).to.be.closeTo(-1.58, 1e-9);
    expect(fourDecimals(found.interval)).to.deep.equal(['-3.3655', '0.2055']);
    expect(found.degreesOfFreedom.toFixed(3)).to.equal('17.776');
    const at = (confidence: number) =>
      differenceOfMeans(summary(sleep.first), summary(sleep.second), confidence)!.interval;
    expect(pValueOf(at).toFixed(5)).to.equal('0.07939');
  });

  it('agrees with an independent package', () => {
    for (const { first, second, confidence, interval, degreesOfFreedom, pValue } of independent.means) {
      const at = (level: number) => differenceOfMeans(first, second, level)!;
      expect(fourDecimals(at(confidence).interval)).to.deep.equal(fourDecimals(interval));
      expect(at(confidence).degreesOfFreedom).to.be.closeTo(degreesOfFreedom, 1e-6);
      expect(pValueOf((level) => at(level).interval)).to.be.closeTo(pValue, 1e-6);
    }
  });

  it('says nothing of fewer than two answers, and is sure where nobody differs', () => {
    const one = { n: 1, mean: 7, deviation: 0 };
    const all = { n: 10, mean: 7, deviation: 0 };
    expect(differenceOfMeans(one, all)).to.equal(undefined);
    expect(differenceOfMeans(all, { ...all, mean: 8 })!.interval).to.deep.equal([-1, -1]);
  });

  it('is wider by what rounding may hide', () => {
    const rounded = { n: 10, mean: 7, deviation: 0, rounding: 0.05 };
    expect(fourDecimals(differenceOfMeans(rounded, { ...rounded, mean: 7.1 })!.interval)).to.deep.equal([
      '-0.2000',
      '0.0000',
    ]);
  });
});

describe('meanInterval', () => {
  it('agrees with an independent package', () => {
    for (const { sample, confidence, interval } of independent.oneMean)
      expect(fourDecimals(meanInterval(sample, confidence)!)).to.deep.equal(fourDecimals(interval));
  });
});

describe('holm', () => {
  it('adjusts as published, in the order given', () => {
    // The example of the article on the method in Wikipedia; R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm").
    expect(fourDecimals(holm([0.01, 0.04, 0.03, 0.005]))).to.deep.equal([
      '0.0300',
      '0.0600',
      '0.0600',
      '0.0200',
    ]);
  });

  it('agrees with an independent package', () => {
    for (const { pValues, adjusted } of independent.holm)
      expect(fourDecimals(holm(pValues))).to.deep.equal(fourDecimals(adjusted));
  });
});

describe('verdicts', () => {
  it('are plain', () => {
    expect(verdictOnChange([0.01, 0.2])).to.equal('better');
    expect(verdictOnChange([-0.2, -0.01])).to.equal('worse');
    expect(verdictOnChange([0, 0.2])).to.equal('noClearChange');
    expect(verdictOnChange(undefined)).to.equal('cannotBeSaidYet');
  });

  it('are fewer when many departments are compared', () => {
    const likely = (confidence: number) => sharesAt(60, 100, 46, 100, confidence);
    const same = (confidence: number) => sharesAt(50, 100, 50, 100, confidence);
    const clear = (confidence: number) => sharesAt(90, 100, 50, 100, confidence);
    expect(verdictsTogether([likely])).to.deep.equal(['better']);
    expect(verdictsTogether([likely, same, () => undefined, clear])).to.deep.equal([
      'noClearChange',
      'noClearChange',
      'cannotBeSaidYet',
      'better',
    ]);
  });

  it('of one comparison are those of its interval', () => {
    const answers = fc.integer({ min: 1, max: 300 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));
    fc.assert(
      fc.property(answers, answers, ([a, n], [b, m]) => {
        const at = (confidence: number) => sharesAt(a, n, b, m, confidence);
        expect(verdictsTogether([at])).to.deep.equal([verdictOnChange(at(0.95))]);
      }),
    );
  });
});

function sharesAt(a: number, n: number, b: number, m: number, confidence: number) {
  return differenceOfShares({ successes: a, n }, { successes: b, n: m }, confidence)!.interval;
}
