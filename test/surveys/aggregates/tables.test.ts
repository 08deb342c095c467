import { expect } from 'chai';
import { checkTables, contactTables } from '../../../surveys/aggregates/index.ts';
import { isReleased } from '../../../surveys/aggregates/tables.ts';

describe('the declaration of tables', () => {
  it('is fine by default', () => {
    expect(checkTables(contactTables)).to.deep.equal([]);
  });

  it('is refused with a circle, because hidden figures of one table would follow from the others', () => {
    const faults = checkTables([...contactTables, { by: ['stage', 'channel'] }]);
    expect(faults.map(({ pointer, code }) => [pointer, code])).to.deep.equal([
      ['/tables/4/by', 'tablesInACircle'],
    ]);
  });

  it('is refused with three dimensions, none, or the same twice', () => {
    const faults = checkTables([
      { by: ['department', 'channel', 'product'] },
      { by: [] },
      { by: ['mode', 'mode'] },
    ]);
    expect(faults.map(({ code }) => code)).to.deep.equal(['tableSize', 'tableSize', 'tableSize']);
  });

  it('may name a table twice', () => {
    expect(checkTables([{ by: ['department', 'channel'] }, { by: ['channel', 'department'] }])).to.deep.equal(
      [],
    );
  });

  it('includes the totals of each table, and finer periods only where declared', () => {
    expect(isReleased(contactTables, ['channel'], 'year')).to.equal(true);
    expect(isReleased(contactTables, ['channel'], 'month')).to.equal(false);
    expect(isReleased(contactTables, ['department'], 'month')).to.equal(true);
    expect(isReleased(contactTables, ['channel', 'product'], 'year')).to.equal(false);
    expect(isReleased(contactTables, [], 'quarter')).to.equal(true);
  });
});
