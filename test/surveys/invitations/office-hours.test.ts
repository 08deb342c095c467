import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addWorkingDays,
  isOfficeMoment,
  nextOfficeMoment,
} from '../../../surveys/invitations/office-hours.ts';
import { defaultHolidays } from '../../../surveys/municipality/index.ts';

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
    ['2026-12-31T23:59', '2027-01-04 09:00'], // New Year's Day, and a weekend
    ['2026-04-02T17:00', '2026-04-03 09:00'], // Good Friday is a working day
    ['2026-04-03T17:00', '2026-04-07 09:00'], // Easter Monday
    ['2026-04-27T10:00', '2026-04-28 09:00'], // King's Day
    ['2026-05-05T10:00', '2026-05-05 10:00'], // Liberation Day, not in a lustrum year
    ['2025-05-05T10:00', '2025-05-06 09:00'], // in a lustrum year
    ['2026-05-13T18:00', '2026-05-15 09:00'], // Ascension Day
    ['2026-05-23T18:00', '2026-05-26 09:00'], // Whit Monday
    ['2026-12-24T18:00', '2026-12-28 09:00'], // both days of Christmas, and a weekend
  ];
  for (const [given, next] of moments) {
    it(`after ${given} open at ${next}`, () => {
      expect(shown(nextOfficeMoment(amsterdam(given), defaultHolidays))).to.equal(next);
    });
  }

  it('are met by every next moment, which is never before the moment asked about, nor after the longest closing (Christmas with its weekend, or Easter)', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const next = nextOfficeMoment(instant, defaultHolidays);
        expect(isOfficeMoment(next, defaultHolidays)).to.equal(true);
        const hours = (next.getTime() - instant.getTime()) / 3_600_000;
        expect(hours).to.be.within(0, 24 * 4 + 17);
      }),
    );
  });

  it('leave a moment within them as it is', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const open = nextOfficeMoment(instant, defaultHolidays);
        expect(nextOfficeMoment(open, defaultHolidays).getTime()).to.equal(open.getTime());
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
    ['2026-04-03T12:00', 1, '2026-04-07 12:00'], // Easter
    ['2026-03-16T12:00', -1, '2026-03-13 12:00'],
    ['2026-04-07T12:00', -1, '2026-04-03 12:00'],
  ];
  for (const [given, days, result] of additions) {
    it(`${given} and ${days} make ${result}`, () => {
      expect(shown(addWorkingDays(amsterdam(given), days, defaultHolidays))).to.equal(result);
    });
  }

  it('add up, and come back', () => {
    const add = (instant: Date, days: number) => addWorkingDays(instant, days, defaultHolidays);
    fc.assert(
      fc.property(instants, fc.nat(10), fc.nat(10), (instant, one, other) => {
        const working = nextOfficeMoment(instant, defaultHolidays);
        expect(shown(add(add(working, one), other))).to.equal(shown(add(working, one + other)));
        expect(shown(add(add(working, one), -one))).to.equal(shown(working));
      }),
    );
  });

  it('take a week per five where nothing is kept', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const weekday = nextOfficeMoment(instant, []);
        expect(shown(addWorkingDays(weekday, 5, []))).to.equal(
          shown(DateTime.fromJSDate(weekday, { zone: 'Europe/Amsterdam' }).plus({ weeks: 1 }).toJSDate()),
        );
      }),
    );
  });
});
