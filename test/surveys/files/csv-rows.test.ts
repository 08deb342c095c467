import { expect } from 'chai';
import { readCsv } from '../../../surveys/files/csv-rows.ts';
import { Problem } from '../../../surveys/problems.ts';
import { useDirectory } from '../../support/files.ts';

describe('reading CSV', () => {
  const file = useDirectory();

  /** Every row as its line and its values, or as its line and why it can't be read. */
  async function read(content: string | Uint8Array) {
    const { header, rows } = await readCsv(file('rows.csv', content));
    const found: unknown[][] = [];
    for await (const { line, content } of rows) {
      found.push(content.ok ? [line, ...content.value.values()] : [line, content.reason]);
    }
    return { header, rows: found };
  }

  it('takes a byte-order mark, semicolons and carriage returns', async () => {
    expect(await read('\ufeff"naam";plaats\r\nJan ;Almere\r\n')).to.deep.equal({
      header: ['naam', 'plaats'],
      rows: [[2, 'Jan', 'Almere']],
    });
  });

  it('takes quotes, also around delimiters and line breaks and inside words', async () => {
    const { rows } = await read('a,b\n"x, ""y""",2\n6" buis,3\n"twee\nregels",4\n\n');
    expect(rows).to.deep.equal([
      [2, 'x, "y"', '2'],
      [3, '6" buis', '3'],
      [4, 'twee\nregels', '4'],
    ]);
  });

  it('names ragged rows and broken UTF-8, and reads their neighbours', async () => {
    const broken = Buffer.concat([
      Buffer.from('a,b\n1\n1,2,3\n'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(',x\né,ü\n'),
    ]);
    expect((await read(broken)).rows).to.deep.equal([
      [2, 'raggedRow'],
      [3, 'raggedRow'],
      [4, 'brokenUtf8'],
      [5, 'é', 'ü'],
    ]);
  });

  it('rescues the rows that a quote without an end swallowed', async () => {
    expect((await read('a,b\n1,2\n"3,4\n5,6\n7,8\n')).rows).to.deep.equal([
      [2, '1', '2'],
      [3, 'brokenQuotes'],
      [4, '5', '6'],
      [5, '7', '8'],
    ]);
    expect((await read('a,b\n"1,2\n3,4\n5,"6"\n7,8\n')).rows).to.deep.equal([
      [2, 'raggedRow'],
      [3, '3', '4'],
      [4, '5', '6'],
      [5, '7', '8'],
    ]);
  });

  for (const [name, content] of [
    ['an empty file', ''],
    ['columns with the same name', 'a,a\n1,2\n'],
    ['UTF-16', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le')],
  ] as const) {
    it(`refuses ${name}`, async () => {
      const refused = await readCsv(file('bad.csv', content)).catch((error: unknown) => error);
      expect(refused).to.be.instanceOf(Problem).with.property('code', 'badRequest');
    });
  }
});
