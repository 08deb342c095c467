import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { auditPage } from '../../../server/audit/index.ts';
import { exportRecords } from '../../../server/cli/export-records.ts';
import { publishCatalogue } from '../../../surveys/definitions/index.ts';
import type { Problem } from '../../../surveys/problems.ts';
import { ResponseModel, recordResponses } from '../../../surveys/responses/index.ts';
import { endGrant, giveGrant } from '../../../surveys/unit-records/index.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';

const wish = {
  survey: 'customer-journey',
  from: '2026-01',
  to: '2026-02',
  recipient: 'Team onderzoek',
  purpose: 'Onderzoek naar wachttijd',
  endDate: '2026-03-31',
};

describe('The export of answers one by one', () => {
  useStore();
  const directory = mkdtempSync(join(tmpdir(), 'golden-ear-records-'));
  const file = join(directory, 'records.csv');
  after(() => rmSync(directory, { recursive: true, force: true }));
  let ctx: ReturnType<typeof testContext>;

  beforeEach(async () => {
    ctx = testContext('2026-03-10T09:00:00Z');
    await publishCatalogue(ctx);
    await store(12, { department: 'burgerzaken', channel: 'phone', answerDate: '2026-01-15' });
    await store(11, { department: 'wonen', channel: 'counter', answerDate: '2026-02-15' });
    await store(3, { department: 'wonen', channel: 'post', answerDate: '2026-02-15' });
    await store(15, { department: 'wonen', channel: 'counter', answerDate: '2026-03-02' });
  });

  let sent = 0;
  async function store(times: number, place: { department: string; channel: string; answerDate: string }) {
    sent += 1;
    const items = Array.from({ length: times }, (_, index) => ({
      survey: 'customer-journey',
      mode: 'paper',
      externalId: `${sent}-${index}`,
      answers: { overall: 1 + (index % 10), result: 'partly', comment: 'Goed geholpen, met komma' },
      ...place,
    }));
    const results = await recordResponses(ctx, items);
    expect(results.map(({ decision }) => decision)).to.deep.equal(Array(times).fill('stored'));
  }

  async function exported() {
    const { _id } = await giveGrant(ctx, wish);
    const done = await exportRecords(ctx, { grant: _id, file });
    return { done, rows: parse(readFileSync(file, 'utf8'), { columns: true }) as Record<string, string>[] };
  }

  it('holds the answers of the months of the grant, generalised, and counts what is left out', async () => {
    const { done, rows } = await exported();
    expect(done).to.deep.equal({ file, records: 23, classes: 2, leftOut: 3 });
    expect(rows).to.have.length(23);
    expect(rows.filter(({ department }) => department === 'wonen')).to.have.length(11);
    expect(rows[0]).to.include({ result: 'partly', mode: 'paper' });
    const grades = rows.map(({ overall }) => Number(overall)).sort((a, b) => a - b);
    const stored = await ResponseModel.find({ month: { $lte: '2026-02' }, channel: { $ne: 'post' } }).lean();
    expect(grades).to.deep.equal(stored.map(({ answers }) => Number(answers.overall)).sort((a, b) => a - b));
  });

  it('holds no comment, no id, and not what was withdrawn or flagged', async () => {
    const taken = (await ResponseModel.find({ channel: 'phone' }).sort({ _id: 1 }).lean()).map(
      ({ _id }) => _id,
    );
    await ResponseModel.updateOne({ _id: taken[0]! }, { deleted: true });
    await ResponseModel.updateOne({ _id: taken[1]! }, { flagged: true });
    const { done } = await exported();
    expect(done.records).to.equal(21);
    const text = readFileSync(file, 'utf8');
    expect(text).not.to.include('geholpen').and.not.include('comment').and.not.include(taken[2]);
  });

  it('tells nothing by its order: that of keyed hashes, not that of coming in', async () => {
    const { rows } = await exported();
    const stored = await ResponseModel.find({ month: { $lte: '2026-02' }, channel: { $ne: 'post' } })
      .sort({ _id: 1 })
      .lean();
    expect(rows.map(({ department, overall }) => [department, overall])).to.deep.equal(
      stored.map(({ department, answers }) => [department, String(answers.overall)]),
    );
  });

  it('leaves an audit entry, and no file when it may not be', async () => {
    const { _id } = await giveGrant(ctx, wish);
    await exportRecords(ctx, { grant: _id, file });
    const [entry] = await auditPage(undefined, 1);
    expect(entry).to.include({ who: 'operator', what: 'records.exported', on: _id });
    rmSync(file);
    await endGrant(ctx, _id);
    expect(await codeOf(exportRecords(ctx, { grant: _id, file }))).to.equal('grantEnded');
    expect(await codeOf(exportRecords(ctx, { grant: 'unknown', file }))).to.equal('notFound');
    expect(readdirSync(directory)).to.deep.equal([]);
  });

  it('ends with the last day of the grant', async () => {
    const { _id } = await giveGrant(ctx, { ...wish, endDate: '2026-03-11' });
    ctx.clock.advance(36 * 3_600_000);
    await exportRecords(ctx, { grant: _id, file });
    ctx.clock.advance(24 * 3_600_000);
    expect(await codeOf(exportRecords(ctx, { grant: _id, file }))).to.equal('grantEnded');
  });

  const faulty: [string, object, string][] = [
    ['a month that has not ended', { to: '2026-03' }, '/to'],
    ['a range that ends before it starts', { from: '2026-02', to: '2026-01' }, '/to'],
    ['an unknown survey', { survey: 'unknown' }, '/survey'],
    ['more than 92 days', { endDate: '2026-06-11' }, '/endDate'],
    ['a day that is over', { endDate: '2026-03-09' }, '/endDate'],
    ['no purpose', { purpose: '' }, '/purpose'],
  ];
  for (const [what, change, pointer] of faulty) {
    it(`is not granted for ${what}`, async () => {
      const refused = await giveGrant(ctx, { ...wish, ...change }).catch((error: Problem) => error);
      expect(refused).to.have.property('code', 'invalidBody');
      expect((refused as Problem).faults.map((fault) => fault.pointer)).to.deep.equal([pointer]);
    });
  }
});

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'done',
    (error: Problem) => error.code,
  );
}
