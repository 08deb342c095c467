import { expect } from 'chai';
import { createAvailability } from '../../../jobs/deliver/availability.ts';

describe('jobs/deliver: the availability of the mail server', () => {
  function atClock() {
    const clock = { now: 0 };
    return {
      clock,
      availability: createAvailability(
        () => clock.now,
        () => 0.999999999,
      ),
    };
  }

  it('allows all while it works', () => {
    const { availability } = atClock();
    expect(availability.allowed(120)).to.equal(120);
  });

  it('after a failure allows none for a while, then one, and all again once that worked', () => {
    const { clock, availability } = atClock();
    expect(availability.fails()).to.equal(true);
    expect(availability.allowed(120)).to.equal(0);
    clock.now = 5_000;
    expect(availability.allowed(120)).to.equal(1);
    availability.works();
    expect(availability.allowed(120)).to.equal(120);
  });

  it('counts failures of mails that were under way together once, and waits longer each time, to five minutes', () => {
    const { clock, availability } = atClock();
    for (let i = 0; i < 24; i += 1) availability.fails();
    const waits: number[] = [];
    for (let i = 0; i < 9; i += 1) {
      const begin = clock.now;
      while (availability.allowed(1) === 0) clock.now += 1_000;
      waits.push((clock.now - begin) / 1_000);
      expect(availability.fails(), 'no news').to.equal(false);
    }
    expect(waits).to.deep.equal([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  });
});
