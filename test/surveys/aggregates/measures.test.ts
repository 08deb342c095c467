import { expect } from 'chai';
import fc from 'fast-check';
import {
  countAnswers,
  mean,
  mergeHistograms,
  responseRate,
  responseRate1,
  standardDeviation,
  verdictOn,
  wilsonInterval,
} from '../../../surveys/aggregates/measures.ts';

const histograms = fc.dictionary(fc.constantFrom('1', '2', '3', '4', '5'), fc.nat(1000));

describe('wilsonInterval', () => {
  it('gives the known limits for 80 % observed', () => {
    const known = [
      [10, 49, 94],
      [30, 63, 91],
      [100, 71, 87],
      [250, 75, 85],
      [500, 76, 83],
    ] as const;
    for (const [n, low, high] of known) {
      const interval = wilsonInterval(0.8 * n, n);
      // The table was rounded twice: 90.49 by way of 90.5 to 91.
      expect(interval[0] * 100, `low end for ${n}`).to.be.closeTo(low, 0.55);
      expect(interval[1] * 100, `high end for ${n}`).to.be.closeTo(high, 0.55);
    }
  });

  it('gives the published limits of Newcombe (1998), table I, method 3', () => {
    const rounded = (successes: number, n: number) =>
      wilsonInterval(successes, n).map((end) => end.toFixed(4));
    expect(rounded(81, 263)).to.deep.equal(['0.2553', '0.3662']);
    expect(rounded(15, 148)).to.deep.equal(['0.0624', '0.1605']);
    expect(rounded(0, 20)).to.deep.equal(['0.0000', '0.1611']);
    expect(rounded(1, 29)).to.deep.equal(['0.0061', '0.1718']);
  });

  it('holds the observed share, within 0 and 1, and narrows with n', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, part) => {
          const successes = Math.floor(part * n);
          const [low, high] = wilsonInterval(successes, n);
          const [tighterLow, tighterHigh] = wilsonInterval(successes * 4, n * 4);
          expect(low).to.be.within(0, successes / n);
          expect(high).to.be.within(successes / n, 1);
          expect(tighterHigh - tighterLow).to.be.below(high - low);
        },
      ),
    );
  });
});

describe('histograms', () => {
  it('merge by adding, whatever the order and the grouping', () => {
    fc.assert(
      fc.property(histograms, histograms, histograms, (a, b, c) => {
        const merged = mergeHistograms([a, b, c]);
        expect(mergeHistograms([c, mergeHistograms([b, a])])).to.deep.equal(merged);
        expect(countAnswers(merged)).to.equal(countAnswers(a) + countAnswers(b) + countAnswers(c));
      }),
    );
  });

  it('give mean and standard deviation (NIST example: 2, 4, 4, 4, 5, 5, 7, 9)', () => {
    const histogram = { 2: 1, 4: 3, 5: 2, 7: 1, 9: 1 };
    expect(mean(histogram, Number)).to.equal(5);
    expect(standardDeviation(histogram, Number)).to.be.closeTo(2.138, 0.0005);
  });

  it('leave answers without a value out of the mean', () => {
    const scores: Record<string, number> = { yes: 1, partly: 0.5, no: 0 };
    expect(mean({ yes: 2, no: 2, pending: 6 }, (bin) => scores[bin])).to.equal(0.5);
    expect(mean({ pending: 6 }, (bin) => scores[bin])).to.equal(undefined);
  });
});

describe('responseRate', () => {
  it('is of the mails that arrived', () => {
    expect(responseRate({ answered: 12, delivered: 120 })).to.equal(0.1);
    expect(responseRate({ answered: 14, delivered: 10 }), 'of 14, rounded').to.equal(1);
    expect(responseRate({ answered: 0, delivered: 0 })).to.equal(undefined);
  });
});

describe('responseRate1', () => {
  it('is of all who were invited, also those whose mail came back (AAPOR RR1)', () => {
    expect(responseRate1({ answered: 12, invited: 150 })).to.equal(0.08);
    expect(responseRate1({ answered: 0, invited: 0 })).to.equal(undefined);
  });
});

describe('verdictOn', () => {
  it('says so only when the whole interval does', () => {
    expect(verdictOn([0.8, 0.9], 0.8)).to.equal('met');
    expect(verdictOn([0.6, 0.79], 0.8)).to.equal('notMet');
    expect(verdictOn([0.6, 0.8], 0.8)).to.equal('undecided');
    expect(verdictOn([0.79, 0.9], 0.8)).to.equal('undecided');
  });
});
