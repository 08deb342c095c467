import { expect } from 'chai';
import { seededRandom } from '../../../../server/demo/random.ts';
import { readAggregates } from '../../../../surveys/aggregates/index.ts';
import {
  carryOnRounds,
  closeRound,
  findRound,
  openRound,
  quickscan,
  type Round,
  remindRound,
  roundResult,
  roundsDue,
  viewRound,
} from '../../../../surveys/golden-ear/index.ts';
import { RoundRecipientModel } from '../../../../surveys/golden-ear/rounds/model.ts';
import { NoticeModel } from '../../../../surveys/notices/model.ts';
import type { Problem } from '../../../../surveys/problems.ts';
import { haveCatalogue } from '../../../support/catalogue.ts';
import { testContext } from '../../../support/context.ts';
import { useStore } from '../../../support/store.ts';
import { answerLink, randomScan } from './answers.ts';
import { independentScore } from './independent-score.ts';

const hour = 3_600_000;

describe('A quickscan round', () => {
  useStore();
  const ctx = testContext();
  beforeEach(async () => {
    ctx.clock.set('2026-03-10T09:00:00Z');
    await haveCatalogue(ctx);
  });

  const open = (department = 'burgerzaken', more: object = {}) =>
    openRound(ctx, { department, startDate: '2026-03-10', endDate: '2026-03-20', addresses: [], ...more });

  async function take(department: string, scans: object[]): Promise<Round> {
    const { round, handedOut } = await open(department);
    await answerLink(ctx, handedOut.link, scans);
    return round;
  }
  async function finish(...rounds: Round[]): Promise<Round[]> {
    for (const round of rounds) await closeRound(ctx, round);
    ctx.clock.advance(hour);
    await carryOnRounds(ctx);
    return Promise.all(rounds.map(async ({ _id }) => (await findRound(_id))!));
  }
  const scansOf = (seed: number, count: number, skip = 0.1) => {
    const random = seededRandom(seed);
    return Array.from({ length: count }, () => randomScan(random, skip));
  };

  it('has scores that an independent implementation gets from the raw answers', async () => {
    const sizes = { burgerzaken: 12, belastingen: 5, parken: 30, zorg: 9, wegen: 4 };
    const scans = Object.entries(sizes).map(
      ([department, count], index) => [department, scansOf(index, count, 0.15 * index)] as const,
    );
    const rounds: Round[] = [];
    for (const [department, some] of scans) rounds.push(await take(department, some));
    for (const [index, round] of (await finish(...rounds)).entries()) {
      const expected = independentScore(scans[index]![1]);
      const result = (await roundResult(round))!;
      for (const { part, figure } of result.statements) {
        if (expected.statements[part.key] === undefined) expect(figure, part.key).to.equal(undefined);
        else expect(figure?.mean, part.key).to.be.closeTo(expected.statements[part.key]!, 1e-9);
      }
      for (const [area, points] of Object.entries(result.points)) {
        if (expected.areas[area] === undefined) expect(points, area).to.equal(undefined);
        else expect(points, area).to.be.closeTo(expected.areas[area]!, 1e-6);
      }
      expect(result.score?.level.key).to.equal(expected.level);
      if (expected.total !== undefined)
        expect(result.score?.total).to.be.closeTo(expected.total, 0.05 + 1e-6);
    }
  });

  it('says nothing while it is open, and at four answers nothing ever: not to the page, not to the API', async () => {
    const four = await take('burgerzaken', scansOf(1, 4));
    const twelve = await take('parken', scansOf(2, 12));
    expect(await roundResult(twelve)).to.equal(undefined);
    expect((await viewRound(ctx, twelve)).answers).to.deep.equal({ counted: 12, flagged: 0 });
    const [few, many] = await finish(four, twelve);
    expect(few!.result).to.deep.include({ counted: 4, figures: {} });
    expect((await roundResult(many!))!.score?.total).to.be.a('number');
    const all = await readAggregates({
      survey: quickscan,
      question: 'q1,sturing,estimate',
      by: 'department',
    });
    for (const row of all.rows.filter(({ department }) => department === 'burgerzaken'))
      expect(row).to.have.keys('department', 'question', 'status');
    expect(all.totals.map(({ responses = 0 }) => responses <= 12)).to.deep.equal([true, true, true]);
  });

  it('is in no release while it is under way, and stands once it is closed', async () => {
    const first = await take('parken', scansOf(2, 12));
    await finish(await take('burgerzaken', scansOf(3, 8)));
    const shown = async () =>
      (await readAggregates({ survey: quickscan, question: 'q1', by: 'department' })).rows.map(
        ({ department, status }) => [department, status],
      );
    expect(await shown()).to.deep.equal([
      ['burgerzaken', 'indicative'],
      ['parken', 'suppressed'],
    ]);
    await finish(first);
    expect(await shown()).to.deep.equal([
      ['burgerzaken', 'indicative'],
      ['parken', 'indicative'],
    ]);
  });

  it('closes by its end date, and its result comes an hour later', async () => {
    const { round } = await open();
    ctx.clock.set('2026-03-20T22:59:00Z');
    expect((await viewRound(ctx, round)).state).to.equal('open');
    ctx.clock.set('2026-03-20T23:59:00Z');
    expect((await viewRound(ctx, round)).state).to.equal('closing');
    expect(await roundsDue(ctx)).to.equal(false);
    ctx.clock.set('2026-03-21T00:00:00Z');
    expect(await roundsDue(ctx)).to.equal(true);
    expect(await carryOnRounds(ctx)).to.deep.equal({ mailed: 0, closed: 1 });
    expect(await carryOnRounds(ctx)).to.deep.equal({ mailed: 0, closed: 0 });
  });

  it('mails everybody once when it opens, reminds everybody once, and erases the addresses at the end', async () => {
    const addresses = ['eva@gemeente.example', 'Eva@gemeente.example ', 'adam@gemeente.example'];
    const { round } = await open('burgerzaken', { startDate: '2026-03-12', addresses });
    expect(round.asked).to.equal(2);
    expect(JSON.stringify(await RoundRecipientModel.find().lean())).not.to.include('gemeente.example');
    expect(await carryOnRounds(ctx)).to.deep.equal({ mailed: 0, closed: 0 });
    ctx.clock.set('2026-03-12T08:00:00Z');
    expect(await carryOnRounds(ctx)).to.deep.equal({ mailed: 1, closed: 0 });
    await carryOnRounds(ctx);
    expect(await NoticeModel.countDocuments({ kind: 'roundInvitation' })).to.equal(2);
    await remindRound(ctx, round);
    expect(await NoticeModel.countDocuments({ kind: 'roundReminder' })).to.equal(2);
    const again = remindRound(ctx, (await findRound(round._id))!);
    expect(await again.catch((error: Problem) => error.code)).to.equal('badRequest');
    await closeRound(ctx, round);
    expect(await RoundRecipientModel.countDocuments()).to.equal(0);
  });

  it('is one at a time, one a month for a department, and not without end', async () => {
    const [one, other] = await Promise.allSettled([open(), open()]);
    expect([one.status, other.status].sort()).to.deep.equal(['fulfilled', 'rejected']);
    const codeOf = (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'opened',
        (error: Problem) =>
          error.code === 'roundExists' ? error.code : error.faults.map(({ code }) => code),
      );
    expect(await codeOf(open('burgerzaken', { startDate: '2026-04-02', endDate: '2026-04-09' }))).to.equal(
      'roundExists',
    );
    expect(await codeOf(open('parken', { startDate: '2026-03-09', endDate: '2026-07-01' }))).to.deep.equal([
      'past',
      'long',
    ]);
    expect(await codeOf(open('parken', { endDate: '2026-03-09', addresses: ['geen'] }))).to.deep.equal([
      'order',
      'email',
    ]);
  });

  it('is held beside the round before, and beside all departments when there are three', async () => {
    const year = ['burgerzaken', 'parken', 'zorg'];
    const first = await finish(...(await Promise.all(year.map((key, seed) => take(key, scansOf(seed, 8))))));
    expect((await roundResult(first[0]!))!.municipality).to.deep.include({
      departments: 3,
      year: '2026',
      partly: false,
    });
    expect((await roundResult(first[0]!))!.previous).to.equal(undefined);
    ctx.clock.set('2027-03-10T09:00:00Z');
    const { round, handedOut } = await open('burgerzaken', {
      startDate: '2027-03-10',
      endDate: '2027-03-20',
    });
    await answerLink(ctx, handedOut.link, scansOf(9, 8));
    const [second] = await finish(round);
    const result = (await roundResult(second!))!;
    expect(result.municipality, 'alone in its year').to.equal(undefined);
    expect(result.previous?.total).to.equal((await roundResult(first[0]!))!.score?.total);
    expect(result.previous?.round._id).to.equal('burgerzaken-2026-03');
  });
});
