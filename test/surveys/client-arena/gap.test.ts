import { expect } from 'chai';
import { arenaGap } from '../../../surveys/client-arena/index.ts';

describe('the gap of a client arena', () => {
  it('is how much higher staff guess than residents say', () => {
    expect(arenaGap(7.4, 6.1)).to.deep.equal({
      guess: 7.4,
      baseline: 6.1,
      difference: 1.3,
      direction: 'tooHigh',
    });
    expect(arenaGap(6, 6.8)).to.deep.include({ difference: -0.8, direction: 'tooLow' });
  });

  it('is nought, not minus nought, when they agree to one decimal', () => {
    const gap = arenaGap(7, 7.04);
    expect(gap?.direction).to.equal('right');
    expect(Object.is(gap?.difference, 0)).to.equal(true);
  });

  it('is not known while one of the two is not published', () => {
    expect(arenaGap(7, undefined)).to.equal(undefined);
    expect(arenaGap(undefined, 7)).to.equal(undefined);
  });
});
