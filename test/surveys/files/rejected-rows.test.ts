import { existsSync, readFileSync, statSync } from 'node:fs';
import { expect } from 'chai';
import { rejectedRows } from '../../../surveys/files/rejected-rows.ts';
import { useDirectory } from '../../support/files.ts';

describe('the file of rejected rows', () => {
  const file = useDirectory();

  it('holds line, reason and the row, readable by its owner only, with formulas defused', async () => {
    const path = file('rejected.csv');
    const rejected = rejectedRows(path, ['name', 'note']);
    rejected.add({ line: 7, reason: 'raggedRow', detail: '', fields: ['=HYPERLINK("x")', 'a,b'] });
    await rejected.close();
    expect(readFileSync(path, 'utf8')).to.equal(
      `line,reason,detail,name,note\r\n7,raggedRow,,"'=HYPERLINK(""x"")","a,b"\r\n`,
    );
    expect(statSync(path).mode & 0o777).to.equal(0o600);
  });

  it('is not made when nothing was rejected', async () => {
    const path = file('none.csv');
    await rejectedRows(path, []).close();
    expect(existsSync(path)).to.equal(false);
  });
});
