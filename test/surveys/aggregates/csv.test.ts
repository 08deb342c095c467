import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { type Aggregates, toCsv } from '../../../surveys/aggregates/index.ts';

const table: Pick<Aggregates, 'by' | 'rows' | 'totals'> = {
  by: ['department', 'product'],
  rows: [
    {
      department: 'parks',
      product: null,
      question: 'overall',
      status: 'published',
      responses: 40,
      mean: 7.3,
      satisfied: 0.825,
      satisfiedInterval: [0.6805, 0.9126],
      dissatisfied: 0.1,
      distribution: { '1-5': 4, '6': 3, '7': 33 },
      verdict: 'undecided',
    },
    { department: '=HYPERLINK("x")', product: 'a;b,"c"', question: 'overall', status: 'suppressed' },
  ],
  totals: [],
};

describe('toCsv', () => {
  it('gives a table as RFC 4180', () => {
    const text = toCsv(table, 'plain');
    expect(text).to.match(/^question,department,product,status,responses,mean,.*\r\n/);
    const [first, second] = parse(text, { columns: true }) as Record<string, string>[];
    expect(first).to.include({
      department: 'parks',
      product: '',
      mean: '7.3',
      satisfiedLow: '0.6805',
      verdict: 'undecided',
    });
    expect(second).to.include({ product: 'a;b,"c"', status: 'suppressed', responses: '' });
  });

  it('keeps the bands apart, one column each', () => {
    const [first] = parse(toCsv(table, 'plain'), { columns: true }) as Record<string, string>[];
    expect(first).to.include({ 'answers 1-5': '4', 'answers 6': '3', 'answers 7': '33' });
  });

  it('opens right in Excel in a Dutch locale: byte-order mark, semicolons, decimal commas', () => {
    const text = toCsv(table, 'excel-nl');
    expect(text.startsWith('\uFEFFquestion;department;')).to.equal(true);
    expect(text).to.include(';7,3;0,825;0,6805;0,9126;');
  });

  it('defuses what a spreadsheet would run as a formula', () => {
    for (const flavour of ['plain', 'excel-nl'] as const)
      expect(toCsv(table, flavour)).to.include("'=HYPERLINK");
  });
});
