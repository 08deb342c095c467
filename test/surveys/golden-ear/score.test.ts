import { expect } from 'chai';
import { goldenEarScore, levelOf } from '../../../surveys/golden-ear/index.ts';

const areas = [{ key: 'sturing' }, { key: 'medewerkers' }];

describe('the Golden Ear score', () => {
  it('is the sum of the areas, with a level that is always indicative', () => {
    expect(goldenEarScore(areas, { sturing: 15.5, medewerkers: 16.04 })).to.deep.include({
      total: 31.5,
      indicative: true,
    });
    expect(goldenEarScore(areas, { sturing: 15.5, medewerkers: 16.04 })?.level.key).to.equal('oneStar');
  });

  it('does not exist while an area has none', () => {
    expect(goldenEarScore(areas, { sturing: 15 })).to.equal(undefined);
    expect(goldenEarScore(areas, { sturing: 15, medewerkers: undefined })).to.equal(undefined);
    expect(goldenEarScore([], {})).to.equal(undefined);
  });

  it('has a level that fits the total as it is shown', () => {
    const score = goldenEarScore(areas, { sturing: 19.96, medewerkers: 0 });
    expect([score?.total, score?.level.key]).to.deep.equal([20, 'committed']);
  });

  it('reaches levels at 20, 30, 50, 70, 80 and 90 points', () => {
    const keys = [0, 19.9, 20, 29.9, 30, 49.9, 50, 69.9, 70, 79.9, 80, 89.9, 90, 100].map(
      (points) => levelOf(points).key,
    );
    expect(keys).to.deep.equal(
      ['start', 'committed', 'oneStar', 'twoStars', 'threeStars', 'fourStars', 'fiveStars'].flatMap((key) => [
        key,
        key,
      ]),
    );
  });
});
