import type { Column } from '../../surveys/aggregates/index.ts';
import type { Labels } from './labels.ts';

const datatypes = {
  text: 'string',
  integer: { base: 'integer', minimum: 0 },
  decimal: 'decimal',
  share: { base: 'decimal', minimum: -1, maximum: 1 },
} as const;

/**
 * What the columns of a CSV file are, as CSV on the Web metadata.
 * Source: W3C Recommendation "Metadata Vocabulary for Tabular Data", 17 December 2015.
 * @param url of the file, relative to the metadata
 */
export function toCsvw(
  {
    columns,
    url,
    about,
  }: { columns: readonly Column[]; url: string; about: Readonly<Record<string, string>> },
  labels: Labels,
): Record<string, unknown> {
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': labels.language }],
    url,
    'dc:title': labels.survey,
    'dc:description': Object.entries(about)
      .map(([what, text]) => `${what}: ${text}`)
      .join('; '),
    dialect: { delimiter: ',', quoteChar: '"', header: true, encoding: 'utf-8', lineTerminators: ['\r\n'] },
    tableSchema: {
      columns: columns.map((column) => ({
        name: column.name.replaceAll(/[^A-Za-z0-9]+/g, '_'),
        titles: column.name,
        'dc:description': labels.ofColumn(column),
        datatype: datatypes[column.kind],
        required: ['question', 'status', 'part'].includes(column.name),
      })),
    },
  };
}
