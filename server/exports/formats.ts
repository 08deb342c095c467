import type { Readable } from 'node:stream';
import type { AggregateRow } from '../../schemas/generated/aggregate-row.ts';
import { type Aggregates, flatTable, toCsv } from '../../surveys/aggregates/index.ts';
import { defaultLanguage, type ExportLanguage, type Labels, labelsOf } from './labels.ts';
import { toCsvw } from './to-csvw.ts';
import { toGgm } from './to-ggm.ts';
import { toParquet } from './to-parquet.ts';
import { toSpss } from './to-spss.ts';
import { toXlsx } from './to-xlsx.ts';

interface Format {
  /** Media type. */
  type: string;
  /** Ending of the file name, with its point. */
  ending: string;
  make(table: Aggregates, labels: Labels, madeAt: Date): string | Promise<Buffer> | Readable;
}

/** The formats that a released table can be had in. Each says the same as the JSON. */
export const formatNames = [
  'json',
  'csv',
  'csv-excel',
  'xlsx',
  'ndjson',
  'parquet',
  'spss',
  'csvw',
  'ggm',
] as const;
export type FormatName = (typeof formatNames)[number];

export const formats: Readonly<Record<FormatName, Format>> = {
  csv: { type: 'text/csv', ending: '.csv', make: (table) => toCsv(table, 'plain') },
  'csv-excel': {
    type: 'text/csv;flavour=excel-nl',
    ending: '.csv',
    make: (table) => toCsv(table, 'excel-nl'),
  },
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ending: '.xlsx',
    make: (table, labels, madeAt) =>
      toXlsx({
        ...flatTable(table),
        titleOf: (column) => labels.ofColumn(column),
        notes: Object.entries(aboutTable(table, labels, madeAt)),
        words: labels.notes,
        madeAt,
      }),
  },
  json: { type: 'application/json', ending: '.json', make: (table) => `${JSON.stringify(table)}\n` },
  ndjson: { type: 'application/x-ndjson', ending: '.ndjson', make: toNdjson },
  parquet: {
    type: 'application/vnd.apache.parquet',
    ending: '.parquet',
    make: (table, labels, madeAt) => toParquet(flatTable(table), aboutTable(table, labels, madeAt)),
  },
  spss: {
    type: 'application/zip',
    ending: '.zip',
    make: (table, labels, madeAt) => toSpss(flatTable(table), labels, madeAt),
  },
  csvw: {
    type: 'application/csvm+json',
    ending: '.csv-metadata.json',
    make: (table, labels, madeAt) => {
      const { columns } = flatTable(table);
      const about = aboutTable(table, labels, madeAt);
      return `${JSON.stringify(toCsvw({ columns, url: fileName(table, 'csv'), about }, labels), null, 2)}\n`;
    },
  },
  ggm: { type: 'text/csv;profile=ggm', ending: '.csv', make: toGgm },
};

/**
 * A table in a format: a text, bytes, or a stream of bytes.
 * @param language of names, labels and notes; the model that `ggm` follows is Dutch, and so are the names in it
 */
export async function exportTable(
  table: Aggregates,
  name: FormatName,
  madeAt: Date,
  language: ExportLanguage = defaultLanguage,
): Promise<string | Buffer | Readable> {
  return formats[name].make(table, await labelsOf(table, name === 'ggm' ? 'nl' : language), madeAt);
}

/** A name for the file that says what is in it. */
export function fileName(
  { survey, release }: Pick<Aggregates, 'survey' | 'release'>,
  name: FormatName,
): string {
  return `${survey}-${release}${name === 'ggm' ? '-ggm' : ''}${formats[name].ending}`;
}

/** One row on each line, as in the JSON; `part` tells rows from totals. */
function toNdjson({ rows, totals }: Aggregates): string {
  const line = (part: 'row' | 'total') => (row: AggregateRow) => `${JSON.stringify({ part, ...row })}\n`;
  return [...rows.map(line('row')), ...totals.map(line('total'))].join('');
}

/** What a reader of a file must know, for the formats that have a place for it. */
function aboutTable(table: Aggregates, labels: Labels, madeAt: Date): Record<string, string> {
  const { survey, release, floor, by, filters, warnings } = table;
  const { notes } = labels;
  return {
    [notes.survey]: `${labels.survey} (${survey})`,
    [notes.release]: String(release),
    [notes.madeAt]: madeAt.toISOString(),
    [notes.by]: by.join(', ') || notes.none,
    [notes.filters]: Object.entries(filters)
      .map(([name, value]) => `${name}=${value}`)
      .join(', '),
    [notes.protection]: notes.hidden.replace('{{floor}}', String(floor)),
    ...(warnings.length > 0 && { [notes.warning]: warnings.map(({ detail }) => detail).join(' ') }),
  };
}
