import { expect } from 'chai';
import { readNdjson } from '../../../surveys/files/ndjson-rows.ts';
import { useDirectory } from '../../support/files.ts';

describe('reading NDJSON', () => {
  const file = useDirectory();

  it('gives each line its value, or the reason why it has none', async () => {
    const content = Buffer.concat([
      Buffer.from('\ufeff{"a":1}\r\n\n{"a":\n'),
      Buffer.from([0x22, 0xff, 0x22, 10]),
      Buffer.from(`"${'x'.repeat(1_100_000)}"\n"é"`),
    ]);
    const rows: unknown[] = [];
    for await (const { line, content: row } of readNdjson(file('rows.ndjson', content))) {
      rows.push([line, row.ok ? row.value : row.reason]);
    }
    expect(rows).to.deep.equal([
      [1, { a: 1 }],
      [3, 'invalidJson'],
      [4, 'brokenUtf8'],
      [5, 'invalidJson'],
      [6, 'é'],
    ]);
  });
});
