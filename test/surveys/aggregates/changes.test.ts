import { expect } from 'chai';
import type { AggregatesQuery } from '../../../schemas/generated/aggregates-query.ts';
import { createRelease, readAggregates } from '../../../surveys/aggregates/index.ts';
import { previousPeriod } from '../../../surveys/aggregates/periods.ts';
import type { Problem } from '../../../surveys/problems.ts';
import { putSurveySettings } from '../../../surveys/settings/index.ts';
import { haveCatalogue } from '../../support/catalogue.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { putAnswers, type TestCell } from './answers.ts';

const survey = 'customer-journey';
const usual = { 5: 50, 6: 10, 7: 20, 8: 10, 9: 10 };
const better = { 5: 20, 6: 10, 7: 20, 8: 25, 9: 25 };
const small = { 5: 1, 6: 1, 7: 2, 8: 2, 9: 1 };
const tables = [{ by: ['department', 'period'] as const }, { by: ['department', 'mode'] as const }];

describe('previousPeriod', () => {
  it('is of equal length', () => {
    const periods = ['2026-03', '2026-01', '2026-Q3', '2026-Q1', '2026'];
    expect(periods.map(previousPeriod)).to.deep.equal(['2026-02', '2025-12', '2026-Q2', '2025-Q4', '2025']);
  });
});

describe('figures compared with the period before', () => {
  useStore();
  let ctx: ReturnType<typeof testContext>;

  beforeEach(async () => {
    ctx = testContext('2026-03-10T09:00:00Z');
    await haveCatalogue(ctx);
    await putSurveySettings(survey, { tables: tables.map(({ by }) => ({ by: [...by] })), knownAnswers: 0 });
    await putAnswers(answers);
    await createRelease(ctx, survey);
  });

  /** A year without change in four departments, but for a better December in the parks, and months with few answers. */
  const answers = ['parks', 'roads', 'taxes', 'woods'].flatMap((department) =>
    Array.from({ length: 12 }, (_, index) => {
      const month = `2025-${String(index + 1).padStart(2, '0')}`;
      const few = ['taxes', 'woods'].includes(department) && ['2025-10', '2025-11'].includes(month);
      return cell(
        department,
        month,
        few ? small : month === '2025-12' && department === 'parks' ? better : usual,
      );
    }),
  );

  it('say plainly what is better, unchanged, or cannot be said', async () => {
    const { rows } = await read({ by: 'department,period', from: '2025-12', to: '2025-12' });
    const changes = new Map(rows.map(({ department, change }) => [department, change]));
    expect(changes.get('parks')).to.deep.equal({
      since: '2025-11',
      satisfied: { before: 0.4, difference: 0.3, interval: [0.1629, 0.4216], verdict: 'better' },
      mean: { before: 6.2, difference: 1.1, interval: [0.41, 1.79], verdict: 'better' },
    });
    expect(changes.get('roads')?.satisfied).to.include({ difference: 0, verdict: 'noClearChange' });
    expect(changes.get('woods')).to.deep.equal({
      since: '2025-11',
      satisfied: { verdict: 'cannotBeSaidYet' },
      mean: { verdict: 'cannotBeSaidYet' },
    });
  });

  it('compare each row of a range with the one before it, also over the border of the range', async () => {
    const { rows, totals } = await read({ by: 'period', from: '2025-10', to: '2025-12' });
    expect(rows.map(({ period, change }) => [period, change?.since, change?.mean.verdict])).to.deep.equal([
      ['2025-10', '2025-09', 'noClearChange'],
      ['2025-11', '2025-10', 'noClearChange'],
      ['2025-12', '2025-11', 'noClearChange'],
    ]);
    expect(totals[0]?.change).to.include({ since: '2025-Q3' });
  });

  it('say nothing of changes when nobody asked', async () => {
    const { rows, warnings } = await readAggregates({ survey, by: 'department,period' });
    expect(rows.filter(({ change }) => change)).to.deep.equal([]);
    expect(warnings).to.deep.equal([]);
  });

  it('warn when the ways of answering differ, changed, or are not known', async () => {
    const codes = async (query: Omit<AggregatesQuery, 'survey'>) =>
      (await read(query)).warnings.map(({ code }) => code);
    expect(await codes({ by: 'department,period' })).to.deep.equal(['modeMixUnknown']);
    expect(await codes({ by: 'mode' })).to.deep.equal(['modesDiffer']);
    const yearBefore = answers.flatMap(({ place, histograms }) => {
      const earlier = { ...place, month: place.month!.replace('2025', '2024') };
      const before = { place: earlier, histograms };
      const moreByPhone = place.department === 'parks' ? new Array<TestCell>(4).fill(byPhone(before)) : [];
      return [before, byPhone(before), ...moreByPhone];
    });
    await putAnswers([...answers, ...answers.map(byPhone), ...yearBefore]);
    ctx.clock.advance(86_400_000);
    await createRelease(ctx, survey);
    const { warnings } = await read({ by: 'department', from: '2025-01', to: '2025-12' });
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include({ code: 'modeMixChanged', department: 'parks' });
  });

  it('refuse a range that ends before it starts, with a code of its own', async () => {
    const refused = await read({ from: '2025-03', to: '2025-01' }).catch((error: Problem) => error);
    expect(refused).to.deep.include({
      code: 'invalidQuery',
      faults: [
        {
          pointer: '/to',
          code: 'endsBeforeStart',
          detail: 'the range ends (2025-01) before it starts (2025-03)',
        },
      ],
    });
  });

  const read = (query: Omit<AggregatesQuery, 'survey'>) =>
    readAggregates({ survey, compare: 'previous', ...query });
});

describe('targets', () => {
  useStore();

  it('are those of the product, else of the department, else of the survey', async () => {
    const ctx = testContext('2026-03-10T09:00:00Z');
    await haveCatalogue(ctx);
    await putSurveySettings(survey, {
      tables: [{ by: ['department', 'product'] }],
      target: 0.7,
      targets: { departments: { parks: 0.5 }, products: { permit: 0.9 } },
    });
    await putAnswers(
      ['parks', 'roads'].flatMap((department) =>
        ['permit', 'pass'].map((product) => ({
          place: { department, product },
          histograms: { overall: { 5: 20, 8: 60 } },
        })),
      ),
    );
    await createRelease(ctx, survey);
    const { rows, total } = await readAggregates({ survey, by: 'department,product' });
    expect(rows.map(({ department, product, target }) => [department, product, target])).to.deep.equal([
      ['parks', 'pass', 0.5],
      ['parks', 'permit', 0.9],
      ['roads', 'pass', 0.7],
      ['roads', 'permit', 0.9],
    ]);
    expect(rows.map(({ verdict }) => verdict)).to.deep.equal(['met', 'notMet', 'undecided', 'notMet']);
    expect(total?.target).to.equal(0.7);
  });
});

function byPhone({ place, histograms }: TestCell): TestCell {
  return { place: { ...place, mode: 'phone' }, histograms };
}

function cell(department: string, month: string, overall: Record<string, number>): TestCell {
  return { place: { department, month }, histograms: { overall } };
}
