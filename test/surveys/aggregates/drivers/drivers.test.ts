import { expect } from 'chai';
import type { AggregateRow } from '../../../../schemas/generated/aggregate-row.ts';
import { driversOf } from '../../../../surveys/aggregates/drivers/drivers.ts';
import { relativeImportance } from '../../../../surveys/aggregates/drivers/relative-importance.ts';
import swiss from './swiss.json' with { type: 'json' };

describe('relative importance', () => {
  const observations = swiss.rows.map(([outcome, ...predictors]) => ({
    outcome: outcome!,
    predictors,
    weight: 1,
  }));

  it('agrees with the published example of relaimpo', () => {
    const { explained, shares } = relativeImportance(observations)!;
    for (const [index, share] of swiss.shares.entries()) expect(shares[index]).to.be.closeTo(share, 5e-8);
    expect(explained).to.be.closeTo(0.706735, 5e-7);
  });

  it('counts an observation of weight two as two', () => {
    const [first, ...others] = observations;
    const twice = relativeImportance([first!, first!, ...others])!;
    const heavy = relativeImportance([{ ...first!, weight: 2 }, ...others])!;
    for (const [index, share] of twice.shares.entries())
      expect(heavy.shares[index]).to.be.closeTo(share, 1e-12);
  });

  it('divides between predictors that say the same', () => {
    const same = observations.map(({ predictors: [, , education], ...rest }) => ({
      ...rest,
      predictors: [education!, education!],
    }));
    const { explained, shares } = relativeImportance(same)!;
    expect(shares[0]).to.be.closeTo(explained / 2, 1e-12);
    expect(shares[1]).to.be.closeTo(explained / 2, 1e-12);
  });
});

describe('drivers', () => {
  const about = { outcome: 'overall', questions: ['ease', 'clarity', 'leadTime'] };
  const groupOf = ({ department, channel }: AggregateRow) => `${department}|${channel}`;
  /** A group for each place of a small grid: ease and clarity vary by themselves. */
  const town = (groups: number, grade: (ease: number, clarity: number) => number): AggregateRow[] =>
    Array.from({ length: groups }, (_, at) => {
      const [ease, clarity] = [2 + (at % 5) / 2, 2 + ((at * 7) % 11) / 4];
      const row = (question: string, mean: number): AggregateRow => ({
        department: `d${at}`,
        channel: 'phone',
        question,
        status: 'published',
        responses: 40 + at,
        mean,
      });
      return [row('overall', grade(ease, clarity)), row('ease', ease), row('clarity', clarity)];
    }).flat();

  it('name the question that goes together most with the grade, with an interval, and those without figures', () => {
    const found = driversOf(
      town(24, (ease, clarity) => 2 + ease + 0.2 * clarity),
      about,
      groupOf,
    )!;
    expect(found.drivers.map(({ question, direction }) => [question, direction])).to.deep.equal([
      ['ease', 'higher'],
      ['clarity', 'higher'],
    ]);
    expect(found).to.deep.include({ left: ['leadTime'], groups: 24, clear: true });
    expect(found.explained).to.be.closeTo(1, 1e-9);
    const [{ share, interval }] = found.drivers as [(typeof found.drivers)[number]];
    expect(share)
      .to.be.within(...interval)
      .and.above(0.9);
  });

  it('say that a higher score goes with a lower grade, and that two do not differ clearly', () => {
    const wave = (ease: number, clarity: number) => 8 - 0.4 * ease + 0.2 * Math.sin(9 * clarity + ease);
    const found = driversOf(
      town(12, (ease, clarity) => wave(ease, clarity) + 0.3 * clarity),
      about,
      groupOf,
    )!;
    expect(found.clear).to.equal(false);
    expect(found.drivers.find(({ question }) => question === 'ease')?.direction).to.equal('lower');
  });

  it('say nothing of few groups, of grades that are all the same, or of hidden rows', () => {
    const rising = (ease: number, clarity: number) => ease + clarity;
    expect(driversOf(town(9, rising), about, groupOf)).to.equal(undefined);
    expect(
      driversOf(
        town(24, () => 7),
        about,
        groupOf,
      ),
    ).to.equal(undefined);
    const hidden = town(24, rising).map(({ mean: _mean, responses: _n, ...row }, index) =>
      index < 3 * 15 ? { ...row, status: 'suppressed' as const } : { ...row, mean: _mean!, responses: _n! },
    );
    expect(driversOf(hidden, about, groupOf)).to.equal(undefined);
  });
});
