import { expect } from 'chai';
import { createRelease, newestRelease, readAggregates } from '../../../surveys/aggregates/index.ts';
import { ReleaseRowModel, ReleaseStateModel } from '../../../surveys/aggregates/releases/models.ts';
import { Problem } from '../../../surveys/problems.ts';
import { putSurveySettings } from '../../../surveys/settings/index.ts';
import { haveCatalogue } from '../../support/catalogue.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { putAnswers, putInvitations, type TestCell } from './answers.ts';

const survey = 'customer-journey';
const day = 86_400_000;

describe('releases', () => {
  useStore();
  let ctx: ReturnType<typeof testContext>;

  beforeEach(async () => {
    ctx = testContext('2026-03-10T09:00:00Z');
    await haveCatalogue(ctx);
    await putSurveySettings(survey, { tables: [{ by: ['department', 'channel'] }] });
  });

  it('show figures with their interval, distribution and verdict', async () => {
    await release([grades('parks', 'phone', { 5: 10, 7: 20, 8: 70 })]);
    const { rows, total, floor } = await readAggregates({ survey, by: 'department' });
    const figures = {
      question: 'overall',
      status: 'published',
      responses: 100,
      mean: 7.5,
      satisfied: 0.9,
      satisfiedInterval: [0.8256, 0.9448],
      dissatisfied: 0.1,
      distribution: { '1-5': 10, '6': 0, '7': 20, '8': 70, '9-10': 0 },
      target: 0.8,
      verdict: 'met',
      meanInterval: [7.22, 7.78],
      median: '8',
    };
    expect(floor).to.equal(10);
    expect(rows).to.deep.equal([{ department: 'parks', ...figures }]);
    expect(total).to.deep.equal(figures);
  });

  it('hide what is under the floor, and one more, so that it does not follow from the total', async () => {
    const all = { 5: 5, 6: 5, 7: 5, 8: 5, 9: 5 };
    await release([
      grades('parks', 'phone', all),
      grades('roads', 'phone', { ...all, 8: 9 }),
      grades('tax', 'phone', { 8: 9 }),
    ]);
    const { rows } = await readAggregates({ survey, by: 'department' });
    expect(rows.map(({ department, status }) => [department, status])).to.deep.equal([
      ['parks', 'suppressed'],
      ['roads', 'indicative'],
      ['tax', 'suppressed'],
    ]);
    expect(rows[2]).to.deep.equal({ department: 'tax', question: 'overall', status: 'suppressed' });
  });

  it('show invitations and the response rate with the row', async () => {
    await putInvitations({ month: '2026-03' }, { invited: 500, accepted: 480, bounced: 30, answered: 90 });
    await release([grades('parks', 'phone', { 8: 90 })]);
    const { rows } = await readAggregates({ survey, by: 'department' });
    expect(rows[0]).to.include({ invited: 500, answered: 90, responseRate: 0.2, responseRate1: 0.18 });
  });

  it('show contacts and delivered mails in tens, a rate that tells no more, and only where the invitations show', async () => {
    const none = { invited: 0, accepted: 0, bounced: 0, answered: 0 };
    await putInvitations(
      { department: 'parks', month: '2026-03' },
      { invited: 500, accepted: 487, bounced: 32, answered: 90, skipped: 133 },
    );
    await putInvitations({ department: 'roads', month: '2026-03' }, { ...none, skipped: 1_000 });
    await putInvitations({ department: 'tax', month: '2026-03' }, { ...none, skipped: 77 });
    await release([
      grades('parks', 'phone', { 5: 50, 6: 50, 7: 50, 8: 50, 9: 50 }),
      grades('roads', 'phone', { 5: 2, 6: 2, 7: 2, 8: 2, 9: 1 }),
      grades('tax', 'phone', { 5: 4, 6: 4, 7: 4, 8: 4, 9: 4 }),
    ]);
    const { rows, total } = await readAggregates({ survey, by: 'department' });
    // Of 455 that arrived: 90 of 455 would be 0.198, and tell that number.
    expect(rows[0]).to.include({
      contacts: 630,
      invited: 500,
      delivered: 460,
      answered: 90,
      responseRate: 0.196,
    });
    expect(rows.slice(1).map(({ contacts }) => contacts)).to.deep.equal([undefined, undefined]);
    expect(total).to.include({ contacts: 1_710, delivered: 460 });
  });

  it('come once a day', async () => {
    await release([grades('parks', 'phone', { 8: 90 })]);
    const again = await createRelease(ctx, survey);
    expect(again.number).to.equal(1);
  });

  it('move a row only when five answers were added, and keep older releases as they were', async () => {
    await release([grades('parks', 'phone', { 8: 90 })]);
    await release([grades('parks', 'phone', { 8: 90, 4: 4 })]);
    expect(await responsesIn('parks')).to.equal(90);
    await release([grades('parks', 'phone', { 8: 90, 4: 5 })]);
    expect(await responsesIn('parks')).to.equal(95);
    expect(await responsesIn('parks', 2)).to.equal(90);
  });

  it('hold back a small change in one department without holding back the others', async () => {
    const all = { 5: 10, 6: 10, 7: 10, 8: 10, 9: 10 };
    await release([grades('parks', 'phone', all), grades('roads', 'phone', all)]);
    await release([grades('parks', 'phone', { ...all, 8: 11 }), grades('roads', 'phone', { ...all, 8: 20 })]);
    expect(await responsesIn('parks')).to.equal(50);
    expect(await responsesIn('roads')).to.equal(60);
    expect((await readAggregates({ survey })).total?.responses).to.equal(110);
  });

  it('do not move when answers were replaced or taken back', async () => {
    await release([grades('parks', 'phone', { 8: 90, 4: 10 })]);
    await release([grades('parks', 'phone', { 8: 92, 4: 7 })]);
    const { rows } = await readAggregates({ survey, by: 'department' });
    expect(rows[0]!.distribution).to.deep.include({ '8': 90, '1-5': 10 });
  });

  it('have a checksum that tells whether anything moved', async () => {
    const first = await release([grades('parks', 'phone', { 8: 90 })]);
    const same = await release([grades('parks', 'phone', { 8: 90 })]);
    const other = await release([grades('parks', 'phone', { 8: 99 })]);
    expect([same.number, same.checksum]).to.deep.equal([2, first.checksum]);
    expect(other.checksum).to.not.equal(first.checksum);
  });

  it('are made whole after an attempt that did not come to its end', async () => {
    await release([grades('parks', 'phone', { 8: 90 })]);
    const [row] = await ReleaseRowModel.find({ table: 'department' }).lean();
    await ReleaseRowModel.create({
      ...row!,
      _id: `${row!._id}x`,
      from: 2,
      figures: { status: 'suppressed' },
    });
    await ReleaseRowModel.updateOne({ _id: row!._id }, { $set: { to: 1 } });
    expect(await responsesIn('parks')).to.equal(90);
    await release([grades('parks', 'phone', { 8: 96 })]);
    expect(await responsesIn('parks')).to.equal(96);
    expect(await ReleaseStateModel.countDocuments({ question: 'overall' })).to.equal(1);
  });

  it('count only versions in which the question means the same', async () => {
    await release([
      { ...grades('parks', 'phone', { 8: 90 }), place: { version: 0 } },
      grades('parks', 'phone', { 8: 40 }),
    ]);
    expect(await responsesIn('parks')).to.equal(40);
  });

  it('are refused while tables of older releases would tell what the new ones hide', async () => {
    await release([grades('parks', 'phone', { 8: 90 })]);
    await putSurveySettings(survey, {
      tables: [{ by: ['department', 'product'] }, { by: ['product', 'channel'] }],
    });
    ctx.clock.advance(day);
    expect((await problemOf(createRelease(ctx, survey))).code).to.equal('unsafeTables');
    expect((await newestRelease(survey))!.number).to.equal(1);
  });

  it('refuse a table that is not declared, and name those that are', async () => {
    await release([grades('parks', 'phone', { 8: 90 })]);
    const refused = await problemOf(readAggregates({ survey, by: 'department,product' }));
    expect(refused.code).to.equal('notReleased');
    expect(refused.extra).to.deep.equal({ tables: [{ by: ['department', 'channel'], periods: ['year'] }] });
    const span = { survey, by: 'department', from: '2026-01', to: '2026-05' };
    expect((await problemOf(readAggregates(span))).code).to.equal('notReleased');
  });

  it('are filtered by a dimension, with the total of the filter', async () => {
    const all = { 5: 10, 6: 10, 7: 10, 8: 10, 9: 10 };
    await release(
      ['parks', 'roads'].flatMap((name) => [grades(name, 'phone', all), grades(name, 'post', all)]),
    );
    const { rows, total } = await readAggregates({ survey, by: 'department', channel: 'post' });
    expect(rows.map(({ department, responses }) => [department, responses])).to.deep.equal([
      ['parks', 50],
      ['roads', 50],
    ]);
    expect(total?.responses).to.equal(100);
  });

  it('give periods in order, for surveys that publish them', async () => {
    await putSurveySettings(survey, { tables: [{ by: ['period'] }] });
    const all = { 5: 10, 6: 10, 7: 10, 8: 10, 9: 10 };
    const months = ['2025-11', '2025-12', '2026-01'];
    await release(months.map((month) => grades('parks', 'phone', all, month)));
    const years = await readAggregates({ survey, by: 'period', period: 'year' });
    expect(years.rows.map(({ period, responses }) => [period, responses])).to.deep.equal([
      ['2025', 100],
      ['2026', 50],
    ]);
    const inYear = await readAggregates({ survey, by: 'period', from: '2025-01', to: '2025-12' });
    expect(inYear.rows.map(({ period, responses }) => [period, responses])).to.deep.equal([
      ['2025-11', 50],
      ['2025-12', 50],
    ]);
    expect(inYear.total?.responses).to.equal(100);
  });

  async function release(answers: TestCell[]) {
    await putAnswers(answers);
    ctx.clock.advance(day);
    return createRelease(ctx, survey);
  }

  async function responsesIn(department: string, number?: number): Promise<number | undefined> {
    const query = { survey, by: 'department', ...(number !== undefined && { release: String(number) }) };
    const { rows } = await readAggregates(query);
    return rows.find((row) => row.department === department)?.responses;
  }
});

function grades(
  department: string,
  channel: string,
  overall: Record<string, number>,
  month = '2026-03',
): TestCell {
  return { place: { department, channel, month }, histograms: { overall } };
}

async function problemOf(attempt: Promise<unknown>): Promise<Problem> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
