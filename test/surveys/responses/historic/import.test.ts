import { expect } from 'chai';
import { createRelease, readAggregates, rollUp } from '../../../../surveys/aggregates/index.ts';
import { isHistoricImportOpen } from '../../../../surveys/responses/historic/imports.ts';
import { closeOldImports, importHistoric, undoImport } from '../../../../surveys/responses/historic/index.ts';
import { ResponseModel } from '../../../../surveys/responses/index.ts';
import { testContext } from '../../../support/context.ts';
import { useDirectory } from '../../../support/files.ts';
import { useStore } from '../../../support/store.ts';
import { publishCustomerJourney } from '../../contacts/contact-events.ts';

const words = { 'zeer ontevreden': 1, ontevreden: 2, neutraal: 3, tevreden: 4, 'zeer tevreden': 5 };
const departments = ['burgerzaken', 'belastingen', 'wmo'];

/** A 5-point survey: one row per person, one column per department. */
const wide = {
  survey: 'customer-journey',
  dateFormat: 'dd-MM-yyyy',
  answerDate: { column: 'Datum' },
  empty: ['n.v.t.'],
  fields: { channel: { constant: 'counter' }, mode: { constant: 'paper' } },
  columns: departments.map((department) => ({
    column: department,
    question: 'ease',
    values: words,
    department,
  })),
};

/** 210 people from a small generator, so that the file is the same each time. */
function wideFile(): { text: string; answers: Map<string, number[]> } {
  const answers = new Map(departments.map((one) => [one, [] as number[]]));
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const rows = Array.from({ length: 210 }, (_, person) => {
    const cells = departments.map((department) => {
      const choice = next(6);
      if (choice === 5) return 'n.v.t.';
      answers.get(department)!.push(choice + 1);
      return Object.keys(words)[choice]!;
    });
    return [person + 1, `0${1 + (person % 9)}-01-2024`, ...cells].join(';');
  });
  return { text: ['Nr;Datum;burgerzaken;belastingen;wmo', ...rows].join('\r\n'), answers };
}

describe('importing historic answers', () => {
  useStore();
  const file = useDirectory();
  const ctx = testContext();
  beforeEach(() => publishCustomerJourney(ctx));

  it('gives the means and shares of a wide 5-point file that a spreadsheet gives', async () => {
    const { text, answers } = wideFile();
    const summary = await importHistoric(ctx, { file: file('wide.csv', text), mapping: wide });
    expect(summary).to.include({ rows: 210, stopped: false });
    expect(summary.faults).to.deep.equal([]);
    for (const department of departments) {
      const stored = await ResponseModel.find({ department }).lean();
      const values = stored.map((response) => Number(response.answers.ease));
      const expected = answers.get(department)!;
      expect(values.length).to.equal(expected.length);
      expect(mean(values)).to.equal(mean(expected));
      expect(share(values)).to.equal(share(expected));
      expect(new Set(stored.map(({ month, mode }) => `${month} ${mode}`))).to.deep.equal(
        new Set(['2024-01 paper']),
      );
    }
    await rollUp(ctx);
    await createRelease(ctx, 'customer-journey');
    const { rows } = await readAggregates({ survey: 'customer-journey', question: 'ease', by: 'department' });
    const shown = rows.filter(({ status }) => status === 'published');
    expect(shown).to.not.have.length(0);
    for (const { department, responses, mean: released, satisfied } of shown) {
      const expected = answers.get(department ?? '')!;
      expect(responses).to.equal(expected.length);
      expect(released).to.be.closeTo(mean(expected), 0.0501);
      expect(satisfied).to.be.closeTo(share(expected), 0.00005);
    }
  });

  it('shows in a dry run the first rows and every fault with row, column and reason, and stores nothing', async () => {
    const text = [
      'Nr,Datum,burgerzaken,belastingen,wmo',
      '1,01-02-2024,tevreden,neutraal,n.v.t.',
      '2,31-02-2024,uitstekend,tevreden,6',
      '3,01-02-2030,tevreden,,',
      '4,01-02-2024,,,',
    ].join('\n');
    const summary = await importHistoric(ctx, { file: file('dry.csv', text), mapping: wide, dryRun: true });
    expect(summary.decisions).to.deep.equal({ stored: 1, empty: 1, rejected: 2 });
    expect(summary.preview).to.have.length(2);
    expect(summary.preview[0]).to.deep.include({ department: 'burgerzaken', answers: { ease: 4 } });
    expect(summary.faults.map(({ line, column, reason }) => [line, column, reason])).to.deep.equal([
      [3, 'Datum', 'noDate'],
      [3, 'burgerzaken', 'unmappedValue'],
      [3, 'wmo', 'unmappedValue'],
      [4, '', 'invalid'],
    ]);
    expect(await ResponseModel.countDocuments()).to.equal(0);
  });

  it('takes nothing of a row whose scale does not fit, and everything beside it', async () => {
    const plain = { ...wide, columns: wide.columns.map(({ values: _, ...column }) => column) };
    const text =
      'Datum,burgerzaken,belastingen,wmo\n01-02-2024,4,7,3\n01-02-2024,5,"2,0",\n01-02-2024,goed,1,\n';
    const rejectedFile = file('rejected.csv');
    const summary = await importHistoric(ctx, {
      file: file('scale.csv', text),
      mapping: plain,
      rejectedFile,
    });
    expect(summary).to.include({ responses: 2 });
    expect(summary.faults.map(({ line, column, reason }) => [line, column, reason])).to.deep.equal([
      [2, 'belastingen', 'invalidAnswers'],
      [4, 'burgerzaken', 'invalidAnswers'],
    ]);
    const stored = await ResponseModel.find().sort({ department: 1 }).lean();
    expect(stored.map(({ department, answers }) => [department, answers.ease])).to.deep.equal([
      ['belastingen', 2],
      ['burgerzaken', 5],
    ]);
  });

  it('reads a long file, where the rows of a person stand together', async () => {
    const long = {
      survey: 'customer-journey',
      answerDate: { constant: '2024-03-01' },
      fields: {
        department: { column: 'afdeling', key: true },
        channel: { constant: 'phone' },
        mode: { constant: 'phone' },
      },
      long: {
        person: 'wie',
        question: 'vraag',
        answer: 'antwoord',
        questions: { Cijfer: { question: 'overall' }, Gehoord: { question: 'listening', values: words } },
      },
    };
    const text = [
      'wie,afdeling,vraag,antwoord',
      'a,Sociaal Domein,Cijfer,8',
      'a,Sociaal Domein,Gehoord,tevreden',
      'b,Belastingen,Cijfer,6',
      'a,Sociaal Domein,Cijfer,9',
      'c,Belastingen,Kleur,rood',
    ].join('\n');
    const summary = await importHistoric(ctx, { file: file('long.csv', text), mapping: long });
    expect(summary.decisions).to.deep.equal({ stored: 2, empty: 0, rejected: 2 });
    expect(summary.reasons.rejected).to.deep.equal({ notTogether: 1, unmappedValue: 1 });
    const stored = await ResponseModel.find().sort({ department: 1 }).lean();
    expect(stored.map(({ department, answers }) => [department, answers])).to.deep.equal([
      ['belastingen', { overall: 6 }],
      ['sociaal-domein', { overall: 8, listening: 4 }],
    ]);
  });

  it('refuses a mapping that does not fit the survey or the file, with all faults, before anything is stored', async () => {
    const bad = {
      ...wide,
      columns: [
        { column: 'burgerzaken', question: 'ease', values: { goed: 6 }, department: 'burgerzaken' },
        { column: 'wmo', question: 'kleur', department: 'wmo' },
      ],
    };
    const { text } = wideFile();
    const error = await importHistoric(ctx, { file: file('wide.csv', text), mapping: bad }).catch(
      (one) => one,
    );
    expect(error.faults.map(({ pointer }: { pointer: string }) => pointer)).to.deep.equal([
      '/columns/0/values/goed',
      '/columns/1/question',
    ]);
    const lacking = await importHistoric(ctx, { file: file('other.csv', 'a,b\n1,2\n'), mapping: wide }).catch(
      (one) => one,
    );
    expect(lacking.message).to.contain('Datum, burgerzaken');
    expect(await ResponseModel.countDocuments()).to.equal(0);
  });

  it('goes on after it was stopped, has one effect however often, and is undone as a whole', async () => {
    const { text } = wideFile();
    const path = file('wide.csv', text);
    const aborted = AbortSignal.abort();
    const first = await importHistoric(ctx, { file: path, mapping: wide, signal: aborted });
    expect(first).to.include({ stopped: true, rows: 200 });
    const second = await importHistoric(ctx, { file: path, mapping: wide });
    await importHistoric(ctx, { file: path, mapping: wide });
    expect(await ResponseModel.countDocuments()).to.equal(second.responses);

    const other = { ...wide, fields: { ...wide.fields, mode: { constant: 'web' } } };
    const refused = await importHistoric(ctx, { file: path, mapping: other }).catch((one) => one);
    expect(refused.message).to.contain(`undo that import (${second.importId})`);

    const neighbour = 'Datum,burgerzaken,belastingen,wmo\n01-02-2024,tevreden,,\n';
    await importHistoric(ctx, { file: file('next.csv', neighbour), mapping: wide });
    const told: number[][] = [];
    const undone = await undoImport(ctx, second.importId!, (...progress) => told.push(progress));
    expect(undone).to.equal(second.responses);
    const lines = told.at(-1)?.[1];
    expect(told.at(-1)).to.deep.equal([lines, lines]);
    await rollUp(ctx);
    expect(await ResponseModel.countDocuments()).to.equal(1);
    const again = await importHistoric(ctx, { file: path, mapping: other });
    expect(again.responses).to.equal(second.responses);
  });

  it('can not be undone or repeated once its time is over, since its salt is gone', async () => {
    const path = file('old.csv', 'Datum,burgerzaken,belastingen,wmo\n01-02-2024,tevreden,,\n');
    const { importId } = await importHistoric(ctx, { file: path, mapping: wide });
    // Retention leaves a month alone while an import of it can be undone.
    const month = { survey: 'customer-journey', month: '2024-02' };
    expect(await isHistoricImportOpen(month, new Date('2026-04-30T12:00:00Z'))).to.equal(true);
    expect(await isHistoricImportOpen(month, new Date('2026-05-01T12:00:00Z'))).to.equal(false);
    expect(await closeOldImports('2026-04')).to.equal(0);
    expect(await closeOldImports('2026-05')).to.equal(1);
    const undone = await undoImport(ctx, importId!).catch((one) => one);
    expect(undone.message).to.contain('can not be undone any more');
    const repeated = await importHistoric(ctx, { file: path, mapping: wide }).catch((one) => one);
    expect(repeated.message).to.contain('is closed');
    expect(await ResponseModel.countDocuments()).to.equal(1);
  });
});

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Satisfied: the top two of five. */
function share(values: number[]): number {
  return values.filter((value) => value >= 4).length / values.length;
}
