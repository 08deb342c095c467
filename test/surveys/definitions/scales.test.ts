import { expect } from 'chai';
import fc from 'fast-check';
import {
  bandsOf,
  binOf,
  binsOf,
  isDissatisfied,
  isSatisfied,
  ratesSatisfaction,
  type Scale,
  valueOfBin,
} from '../../../surveys/definitions/index.ts';
import { sampleDefinition } from '../../support/definition.ts';

const { grade, helped, level, text } = sampleDefinition().survey.scales as Record<string, Scale>;
const percent: Scale = { kind: 'number', minimum: 0, maximum: 100 };
const area: Scale = { kind: 'derived', maximum: 3, denominator: 12, weight: 20 };
const pending: Scale = {
  kind: 'choice',
  options: [
    { key: 'no', label: { nl: 'nee' }, score: 0 },
    { key: 'yes', label: { nl: 'ja' }, score: 1 },
    { key: 'pending', label: { nl: 'loopt nog' } },
  ],
};

const bandKeys = (scale: Scale, threshold?: number) => bandsOf(scale, threshold).map(({ key }) => key);

describe('a scale', () => {
  it('has a bin for every possible answer', () => {
    expect(binsOf(level!)).to.deep.equal(['0', '1', '2', '3']);
    expect(binsOf(helped!)).to.deep.equal(['no', 'yes']);
    expect(binsOf(percent)).to.have.length(101);
    expect(binsOf(area)).to.have.length(37);
    expect(binsOf(text!)).to.deep.equal([]);
    expect([binOf(grade!, 7), binOf(helped!, 'no')]).to.deep.equal(['7', 'no']);
  });

  it('gives bins their value: a grade, a share of "helped", points of an area, nothing when not scored', () => {
    expect(valueOfBin(grade!, '7')).to.equal(7);
    expect(valueOfBin(helped!, 'yes')).to.equal(1);
    expect(valueOfBin(pending, 'pending')).to.equal(undefined);
    expect(valueOfBin(area, '36')).to.equal(20);
    expect(valueOfBin(area, '18')).to.equal(10);
  });

  it('knows who is satisfied; a municipality may move the limit', () => {
    const satisfied = (threshold?: number) =>
      binsOf(grade!).filter((bin) => isSatisfied(grade!, bin, threshold));
    expect(satisfied()).to.deep.equal(['7', '8', '9', '10']);
    expect(satisfied(8)).to.deep.equal(['8', '9', '10']);
    expect(binsOf(grade!).filter((bin) => isDissatisfied(grade!, bin))).to.deep.equal([
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
    expect(isSatisfied(helped!, 'yes')).to.equal(true);
    expect(isDissatisfied(helped!, 'no')).to.equal(true);
  });

  it('says whether it is about satisfaction at all', () => {
    expect([grade!, helped!].map(ratesSatisfaction)).to.deep.equal([true, true]);
    expect([level!, percent, area, text!, pending].map(ratesSatisfaction)).to.deep.equal([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('is published in its bands', () => {
    expect(bandKeys(grade!)).to.deep.equal(['1-5', '6', '7', '8', '9-10']);
    expect(bandKeys(helped!)).to.deep.equal(['no', 'yes']);
    expect(bandKeys(level!)).to.deep.equal(['0', '1', '2', '3']);
    expect(bandKeys(area)).to.deep.equal(['0-11', '12-23', '24-36']);
    expect(bandKeys(text!)).to.deep.equal([]);
  });

  it('splits a band that the limit of "satisfied" runs through', () => {
    expect(bandKeys(grade!, 10)).to.deep.equal(['1-5', '6', '7', '8', '9', '10']);
  });

  it('has bands that hold every bin once, each wholly (dis)satisfied or not, whatever the limit', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(grade!, helped!, level!, percent, area),
        fc.integer({ min: 1, max: 10 }),
        (scale, limit) => {
          const bands = bandsOf(scale, limit);
          expect(bands.flatMap(({ bins }) => bins)).to.deep.equal(binsOf(scale));
          for (const { bins } of bands) {
            expect(new Set(bins.map((bin) => isSatisfied(scale, bin, limit))).size).to.equal(1);
            expect(new Set(bins.map((bin) => isDissatisfied(scale, bin))).size).to.equal(1);
          }
        },
      ),
    );
  });
});
