import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import readWorkbook from 'read-excel-file/node';
import type { FormatName } from '../../../server/exports/formats.ts';
import { exportTable, formatNames } from '../../../server/exports/formats.ts';
import { flatTable } from '../../../surveys/aggregates/index.ts';
import { publishCatalogue } from '../../../surveys/definitions/index.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { sampleTable as table } from './sample-table.ts';

const { columns, rows } = flatTable(table);
const names = columns.map(({ name }) => name);
const madeAt = new Date('2026-03-10T09:00:00Z');

/** The rows as objects, as the JSON aggregates have them. */
const expected = rows.map((row) =>
  Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])),
);

describe('Formats of a released table, each read back by another reader', () => {
  useStore();
  beforeEach(async () => {
    await publishCatalogue(testContext());
  });

  async function made(format: FormatName, language?: 'nl' | 'en'): Promise<Buffer> {
    const written = await exportTable(table, format, madeAt, language);
    if (typeof written === 'string' || Buffer.isBuffer(written)) return Buffer.from(written);
    const chunks: Buffer[] = [];
    for await (const chunk of written) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks);
  }

  /** Fields of a CSV file as values: what has no figure is null, what is a number in the table is one. */
  function typed(records: string[][]) {
    return records.map((record) =>
      Object.fromEntries(
        columns.map(({ name, kind }, index) => {
          const field = record[index] ?? '';
          if (field === '') return [name, null];
          return [name, kind === 'text' ? field.replace(/^'=/, '=') : Number(field)];
        }),
      ),
    );
  }

  it('CSV (RFC 4180)', async () => {
    const [header, ...records] = parse(await made('csv')) as string[][];
    expect(header).to.deep.equal(names);
    expect(typed(records)).to.deep.equal(expected);
  });

  it('CSV for Excel in Dutch', async () => {
    const [header, ...records] = parse(await made('csv-excel'), { delimiter: ';', bom: true }) as string[][];
    expect(header).to.deep.equal(names);
    const points = records.map((record) =>
      record.map((field, index) => (columns[index]?.kind === 'text' ? field : field.replace(',', '.'))),
    );
    expect(typed(points)).to.deep.equal(expected);
  });

  it('XLSX, typed, with notes', async () => {
    const [figures, notes] = await readWorkbook(await made('xlsx'));
    const [header, ...records] = figures!.data;
    expect([figures!.sheet, notes!.sheet]).to.deep.equal(['cijfers', 'toelichting']);
    expect(header).to.deep.equal(names);
    expect(
      records.map((record) => Object.fromEntries(names.map((name, index) => [name, record[index] ?? null]))),
    ).to.deep.equal(expected);
    expect(JSON.stringify(notes!.data))
      .to.include('Gemiddelde van de gescoorde antwoorden')
      .and.include('Wilson');
  });

  it('names, labels and notes are in the language that is asked for', async () => {
    const [figures, notes] = await readWorkbook(await made('xlsx', 'en'));
    expect([figures!.sheet, notes!.sheet]).to.deep.equal(['figures', 'notes']);
    expect(figures!.data[0]).to.deep.equal(names);
    expect(JSON.stringify(notes!.data))
      .to.include('Mean of the scored answers')
      .and.not.include('antwoorden');
    const metadata = String(await made('csvw', 'en'));
    expect(JSON.parse(metadata)['@context'][1]).to.deep.equal({ '@language': 'en' });
    expect(metadata).to.include('are not shown').and.include('Whether the target is reached');
    const syntax = strFromU8(unzipSync(await made('spss', 'en'))['cijfers.sps']!);
    expect(syntax).to.include("'not shown, so that nobody can be recognised'");
    expect(String(await made('ggm', 'en'))).to.equal(String(await made('ggm', 'nl')));
  });

  it('XLSX keeps its header in sight and runs no text as a formula', async () => {
    const parts = unzipSync(await made('xlsx'));
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!);
    expect(sheet)
      .to.match(/<pane [^>]*ySplit="1"[^>]*state="frozen"/)
      .and.not.include('<f>');
  });

  it('JSON and NDJSON', async () => {
    expect(JSON.parse(String(await made('json')))).to.deep.equal(table);
    const lines = String(await made('ndjson'))
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).to.deep.equal([
      ...table.rows.map((row) => ({ part: 'row', ...row })),
      ...table.totals.map((row) => ({ part: 'total', ...row })),
    ]);
  });

  it('Parquet, typed, with what a reader must know', async () => {
    const { buffer, byteOffset, byteLength } = await made('parquet');
    const file = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    expect(await parquetReadObjects({ file })).to.deep.equal(expected);
    const { schema, key_value_metadata } = parquetMetadata(file);
    const kinds = new Map(schema.map(({ name, type }) => [name, type]));
    expect([kinds.get('responses'), kinds.get('mean'), kinds.get('department')]).to.deep.equal([
      'INT32',
      'DOUBLE',
      'BYTE_ARRAY',
    ]);
    expect(key_value_metadata).to.deep.include({ key: 'uitgave', value: '3' });
  });

  it('SPSS: data and the syntax that reads and labels them', async () => {
    const parts = unzipSync(await made('spss'));
    const [header, ...records] = parse(strFromU8(parts['cijfers.csv']!)) as string[][];
    expect(header).to.deep.equal(names);
    expect(typed(records)).to.deep.equal(expected);
    const syntax = strFromU8(parts['cijfers.sps']!);
    const variables = [...syntax.matchAll(/^ {2}(\w+) [AF][\d.]+$/gm)].map(([, name]) => name);
    expect(variables).to.deep.equal(names.map((name) => name.replaceAll(/\W/g, '_')));
    expect(syntax).to.include("  responses 'Aantal antwoorden op de vraag'");
    expect(syntax).to.include("  'suppressed' 'niet getoond, om niemand herkenbaar te maken'");
    expect(syntax).to.include("  'overall' 'Welk cijfer geeft u dit contact?'");
  });

  it('CSV on the Web metadata name every column of the CSV', async () => {
    const metadata = JSON.parse(String(await made('csvw'))) as {
      '@context': unknown[];
      url: string;
      tableSchema: { columns: { titles: string; datatype: unknown }[] };
    };
    expect(metadata['@context'][0]).to.equal('http://www.w3.org/ns/csvw');
    expect(metadata.url).to.equal('customer-journey-3.csv');
    expect(metadata.tableSchema.columns.map(({ titles }) => titles)).to.deep.equal(names);
  });

  it('KLANTBEOORDELING of the GGM, without hidden rows', async () => {
    const records = parse(await made('ggm'), { columns: true }) as Record<string, string>[];
    expect(records).to.deep.equal([
      {
        beoordeling: '7.3',
        categorie: 'Hoe ging het contact met de gemeente?',
        subcategorie: 'Welk cijfer geeft u dit contact?',
        onderwerp: '',
        kanaal: '',
        contactOpnemen: '',
        ddBeoordeling: '2026-03-31',
        aantal: '40',
        afdeling: 'parks',
      },
    ]);
  });

  it('none is empty', async () => {
    for (const format of formatNames) expect((await made(format)).length, format).to.be.above(100);
  });
});
