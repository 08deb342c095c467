import { expect } from 'chai';
import Holidays from 'date-holidays';
import { DateTime } from 'luxon';
import {
  defaultHolidays,
  defaultMunicipality,
  type Holiday,
  holidaysKept,
  isHoliday,
  putMunicipality,
} from '../../../surveys/municipality/index.ts';
import { useStore } from '../../support/store.ts';

/** All days of a year on which one of these is kept. */
function daysOf(year: number, kept: readonly Holiday[]): string[] {
  const first = DateTime.utc(year, 1, 1);
  return Array.from({ length: first.daysInYear }, (_, day) => first.plus({ days: day }))
    .filter((day) => isHoliday(day, kept))
    .map((day) => day.toFormat('yyyy-MM-dd'));
}

describe('public holidays', () => {
  it('are, from 2014 to 2099, those of the date-holidays library other than Sundays, and 5 May by lustrum', () => {
    const library = new Holidays('NL', { types: ['public'] });
    for (let year = 2014; year < 2100; year++) {
      const weekday = (day: string) => DateTime.fromISO(day).weekday;
      const expected = library.getHolidays(year).map(({ date }) => date.slice(0, 10));
      if (year % 5 === 0) expected.push(`${year}-05-05`);
      expect(daysOf(year, defaultHolidays).filter((day) => weekday(day) !== 7)).to.deep.equal(
        [...new Set(expected)].filter((day) => weekday(day) !== 7).sort(),
      );
    }
  });

  it('may be others: Good Friday and every 5 May', () => {
    expect(daysOf(2026, ['goodFriday', 'liberationDay'])).to.deep.equal(['2026-04-03', '2026-05-05']);
    expect(daysOf(2026, [])).to.deep.equal([]);
  });

  it('keep both where two fall on one day', () => {
    expect(daysOf(2016, ['ascensionDay'])).to.deep.equal(['2016-05-05']);
    expect(daysOf(2016, ['liberationDay'])).to.deep.equal(['2016-05-05']);
  });
});

describe('the holidays of a municipality', () => {
  useStore();

  it('are a setting', async () => {
    expect(await holidaysKept()).to.equal(defaultHolidays);
    await putMunicipality({ ...defaultMunicipality, holidays: ['goodFriday'] });
    expect(await holidaysKept()).to.deep.equal(['goodFriday']);
  });
});
