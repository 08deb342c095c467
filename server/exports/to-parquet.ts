import type { Column, FlatTable } from '../../surveys/aggregates/index.ts';

const types = { text: 'STRING', integer: 'INT32', decimal: 'DOUBLE', share: 'DOUBLE' } as const;

/** A table as an Apache Parquet file: a column each, null where there is no figure. `about` becomes its metadata. */
export async function toParquet(
  { columns, rows }: FlatTable,
  about: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const written = parquetWriteBuffer({
    columnData: columns.map(({ name, kind }: Column, index) => ({
      name,
      type: types[kind],
      data: rows.map((row) => row[index] ?? null),
      nullable: true,
    })),
    kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
  });
  return Buffer.from(written);
}
