import { expect } from 'chai';
import {
  type Action,
  differenceOfDifferences,
  type Effect,
  effectOf,
} from '../../../surveys/actions/index.ts';
import { createRelease } from '../../../surveys/aggregates/index.ts';
import { putSurveySettings } from '../../../surveys/settings/index.ts';
import { haveCatalogue } from '../../support/catalogue.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { putAnswers, type TestCell } from '../aggregates/answers.ts';

const survey = 'customer-journey';

describe('the effect of an action', () => {
  useStore();
  const ctx = testContext();

  beforeEach(async () => {
    ctx.clock.set('2027-01-04T09:00:00Z');
    await haveCatalogue(ctx);
    await putSurveySettings(survey, { tables: [{ by: ['department', 'period'] }] });
  });

  /** So many satisfied and other answers of a department in each month of a quarter, from its first month on. */
  function quarter(department: string, first: number, satisfied: number, others: number): TestCell[] {
    return [first, first + 1, first + 2].map((month) => ({
      place: { department, month: `2026-${String(month).padStart(2, '0')}` },
      histograms: { overall: { 8: satisfied, 4: others } },
    }));
  }

  /** A signal in May, done in June: the first quarter against the third. */
  function action(more: Partial<Action> = {}): Action {
    return {
      _id: 'a',
      department: 'parks',
      signal: { kind: 'cell', month: '2026-05', about: 'Long waits' },
      what: 'Call back',
      owner: 'Eva',
      by: '2026-06-30',
      measure: { survey, question: 'overall' },
      plannedOn: '2026-05-20',
      state: 'done',
      doneOn: '2026-06-20',
      ...more,
    };
  }

  async function effectWith(cells: TestCell[], of: Partial<Action> = {}): Promise<Effect> {
    await putAnswers(cells);
    await createRelease(ctx, survey);
    return effectOf(ctx, action(of));
  }

  /** The first and the third quarter as given; in between the low that was the signal. */
  const quarters = (department: string, first: [number, number], third: [number, number]) => [
    ...quarter(department, 1, ...first),
    ...quarter(department, 4, 10, 90),
    ...quarter(department, 7, ...third),
    ...quarter(department, 10, 50, 50),
  ];

  it('is the own change less that of the others, with the period of the signal left out', async () => {
    const effect = await effectWith([
      ...quarters('parks', [100, 100], [160, 40]),
      ...quarters('roads', [120, 80], [140, 60]),
      ...quarters('tax', [120, 80], [140, 60]),
    ]);
    if (effect.kind !== 'known') throw new Error(effect.kind);
    expect(effect).to.include({ of: 'share', before: '2026-Q1', after: '2026-Q3', verdict: 'better' });
    expect(effect.figures).to.deep.equal({ before: 0.5, after: 0.8 });
    expect(effect.own.difference).to.be.closeTo(0.3, 1e-9);
    expect(effect.others?.difference).to.be.closeTo(0.1, 1e-9);
    expect(effect.effect?.difference).to.be.closeTo(0.2, 1e-9);
    // Close to the normal interval with the sum of the four variances.
    const error = 1.96 * Math.sqrt(0.25 / 600 + 0.16 / 600 + 0.24 / 1200 + 0.21 / 1200);
    expect(effect.effect?.interval[0]).to.be.closeTo(0.2 - error, 0.01);
    expect(effect.effect?.interval[1]).to.be.closeTo(0.2 + error, 0.01);
  });

  it('is none where everybody improved alike', async () => {
    const effect = await effectWith(
      ['parks', 'roads', 'tax'].flatMap((one) => quarters(one, [100, 100], [160, 40])),
    );
    expect(effect).to.include({ kind: 'known', verdict: 'noClearChange' });
  });

  it('is worse where the others improved and this department did not', async () => {
    const effect = await effectWith([
      ...quarters('parks', [150, 50], [150, 50]),
      ...quarters('roads', [200, 200], [360, 40]),
      ...quarters('tax', [200, 200], [360, 40]),
    ]);
    expect(effect).to.include({ kind: 'known', verdict: 'worse' });
  });

  it("can't be said without others to compare with, however large the own change", async () => {
    const effect = await effectWith(quarters('parks', [50, 150], [190, 10]));
    expect(effect).to.include({ kind: 'known', verdict: 'cannotBeSaidYet' }).and.not.have.property('effect');
  });

  it("can't be said while the period after is not over, or hidden", async () => {
    const cells = ['parks', 'roads'].flatMap((one) => quarters(one, [100, 100], [160, 40]));
    expect(await effectWith(cells, { doneOn: '2026-10-02' })).to.deep.equal({
      kind: 'notYet',
      before: '2026-Q1',
      after: '2027-Q1',
    });
  });

  it('is not there without a measure, and says so', async () => {
    const { measure: _, ...without } = action();
    expect(await effectOf(ctx, without)).to.deep.equal({ kind: 'noMeasure' });
    expect(await effectOf(ctx, action({ state: 'planned' }))).to.deep.equal({ kind: 'notDone' });
  });

  it('adds the squares of the distances to the limits, as variances add', () => {
    const one = { difference: 0.3, interval: [0.2, 0.4] as [number, number] };
    const other = { difference: 0.1, interval: [0.04, 0.13] as [number, number] };
    const { difference, interval } = differenceOfDifferences(one, other);
    expect(difference).to.be.closeTo(0.2, 1e-12);
    expect(interval[0]).to.be.closeTo(0.2 - Math.hypot(0.1, 0.03), 1e-12);
    expect(interval[1]).to.be.closeTo(0.2 + Math.hypot(0.1, 0.06), 1e-12);
  });
});
