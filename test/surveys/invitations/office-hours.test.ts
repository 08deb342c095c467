import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addWorkingDays,
  isOfficeMoment,
  nextOfficeMoment,
} from '../../../surveys/invitations/office-hours.ts';

const amsterdam = (text: string) => DateTime.fromISO(text, { zone: 'Europe/Amsterdam' }).toJSDate();
const shown = (instant: Date) =>
  DateTime.fromJSDate(instant, { zone: 'Europe/Amsterdam' }).toFormat('yyyy-MM-dd HH:mm');

/** Any minute of 2020-2039: with both changes of the clock in each year. */
const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });

describe('office hours', () => {
  const moments: [given: string, next: string][] = [
    ['2026-03-10T12:34', '2026-03-10 12:34'],
    ['2026-03-10T08:59', '2026-03-10 09:00'],
    ['2026-03-10T16:59', '2026-03-10 16:59'],
    ['2026-03-10T17:00', '2026-03-11 09:00'],
    ['2026-03-13T17:00', '2026-03-16 09:00'],
    ['2026-03-14T11:00', '2026-03-16 09:00'],
    ['2026-03-27T18:00', '2026-03-30 09:00'], // summer time begins on the 29th
    ['2026-10-23T18:00', '2026-10-26 09:00'], // and ends on the 25th
    ['2026-12-31T23:59', '2027-01-01 09:00'],
  ];
  for (const [given, next] of moments) {
    it(`after ${given} open at ${next}`, () => {
      expect(shown(nextOfficeMoment(amsterdam(given)))).to.equal(next);
    });
  }

  it('are met by every next moment, which is never before the moment asked about nor a long weekend after it', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const next = nextOfficeMoment(instant);
        expect(isOfficeMoment(next)).to.equal(true);
        const hours = (next.getTime() - instant.getTime()) / 3_600_000;
        expect(hours).to.be.within(0, 65);
      }),
    );
  });

  it('leave a moment within them as it is', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const open = nextOfficeMoment(instant);
        expect(nextOfficeMoment(open).getTime()).to.equal(open.getTime());
      }),
    );
  });
});

describe('working days', () => {
  const additions: [given: string, days: number, result: string][] = [
    ['2026-03-10T12:00', 0, '2026-03-10 12:00'],
    ['2026-03-10T12:00', 1, '2026-03-11 12:00'],
    ['2026-03-13T12:00', 1, '2026-03-16 12:00'],
    ['2026-03-14T12:00', 1, '2026-03-16 12:00'],
    ['2026-03-13T12:00', 5, '2026-03-20 12:00'],
    ['2026-03-27T12:00', 1, '2026-03-30 12:00'], // the same hour, although the clock moved
  ];
  for (const [given, days, result] of additions) {
    it(`${given} and ${days} make ${result}`, () => {
      expect(shown(addWorkingDays(amsterdam(given), days))).to.equal(result);
    });
  }

  it('take a week per five, and add up', () => {
    fc.assert(
      fc.property(instants, fc.nat(10), fc.nat(10), (instant, one, other) => {
        const weekday = nextOfficeMoment(instant);
        expect(shown(addWorkingDays(addWorkingDays(weekday, one), other))).to.equal(
          shown(addWorkingDays(weekday, one + other)),
        );
        expect(shown(addWorkingDays(weekday, 5))).to.equal(
          shown(DateTime.fromJSDate(weekday, { zone: 'Europe/Amsterdam' }).plus({ weeks: 1 }).toJSDate()),
        );
      }),
    );
  });
});
