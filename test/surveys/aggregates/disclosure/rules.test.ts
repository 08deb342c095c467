import { expect } from 'chai';
import { addFacts, emptyFacts, type Facts, placeOf } from '../../../../surveys/aggregates/facts.ts';
import { checkTables, type ReleaseTable } from '../../../../surveys/aggregates/tables.ts';
import { attack } from '../attacker.ts';
import { copyOf, derived, releasesOf, type Town } from './towns.ts';

/** Answers by bin; a number stands for those of the only bin. */
type Counts = number | number[];
/** What came in by a release: place to answers. */
type Day = Record<string, Counts>;

const oneTable: ReleaseTable[] = [{ by: ['department', 'channel'] }];

/** Departments (down) by channels (across). */
function square(...rows: Counts[][]): Day {
  const cells = rows.flatMap((row, department) =>
    row.map((counts, channel): [string, Counts] => [`d${department + 1} c${channel + 1}`, counts]),
  );
  return Object.fromEntries(cells);
}

/** What can be derived of a town; every day has all answers so far. Each bin is a band. */
async function derivedIn(days: Day[], tables = oneTable): Promise<string[]> {
  const town = townOf(days, tables);
  return derived(town, releasesOf(town));
}

function townOf(days: Day[], tables: ReleaseTable[], known = 0): Town {
  const width = Math.max(
    ...days.flatMap((day) => Object.values(day).map((counts) => [counts].flat().length)),
  );
  const bins = Array.from({ length: width }, (_, bin) => String(bin + 1));
  return {
    tables,
    floor: 10,
    known,
    bands: bins.map((_, bin) => [bin]),
    gates: [bins.map((_, bin) => bin)],
    scale: { bins: bins.map((key) => ({ key })), bands: Object.fromEntries(bins.map((bin) => [bin, [bin]])) },
    days: days.map((day) => factsOf(day, bins)),
  };
}

function factsOf(day: Day, bins: string[]): Facts {
  const facts = emptyFacts(bins);
  for (const [name, counts] of Object.entries(day)) {
    const [department = '', channel = '', product = ''] = name.split(' ');
    const place = placeOf({ department, channel, product, stage: '', mode: '', month: '2026-01' });
    addFacts(facts, place, Object.fromEntries([counts].flat().map((count, bin) => [bins[bin]!, count])));
  }
  return copyOf(facts);
}

/** Small towns, each of which would give a number away without the rule that it is made for (test/mutations/). */
describe('a town made for one rule of releases', () => {
  const quiet = square([20, 20], [20, 20]);

  it('the floor: no row of a few answers shows', async () => {
    expect(await derivedIn([square([20, 9], [20, 20])])).to.deep.equal([]);
  });

  it('related cells: a row that is hidden alone follows from its total', async () => {
    expect(await derivedIn([square([20, 9, 20], [20, 20, 20], [20, 20, 20])])).to.deep.equal([]);
  });

  it('what is farther: nothing near is left to hide', async () => {
    const town = square(
      [
        [6, 4],
        [1, 0],
        [0, 1],
      ],
      [[0, 1]],
      [[1, 0]],
    );
    expect(await derivedIn([town])).to.deep.equal([]);
  });

  it('shown again: only what tells nothing', async () => {
    expect(await derivedIn([square([20, 9, 20], [20, 20, 30], [20, 40, 50])])).to.deep.equal([]);
  });

  const sharing: ReleaseTable[] = [{ by: ['department', 'channel'] }, { by: ['department', 'product'] }];

  it('parts of a hidden total: all are hidden, else other tables tell it', async () => {
    const places = { 'd1 c2 p2': 2, 'd1 c3 p2': 8, 'd1 c3 p1': 2, 'd2 c2 p1': 1 };
    expect(await derivedIn([{ ...places, 'd3 c3 p1': 10, 'd3 c3 p3': 1 }], sharing)).to.deep.equal([]);
  });

  it('parts shown again: not before their total', async () => {
    const places = { 'd1 c2 p1': 1, 'd1 c3 p1': 9, 'd2 c1 p3': 1, 'd2 c1 p2': 5 };
    expect(await derivedIn([{ ...places, 'd2 c3 p2': 4, 'd3 c2 p1': 10 }], sharing)).to.deep.equal([]);
  });

  it('tables in a circle: three tables of three dimensions', async () => {
    const circle: ReleaseTable[] = [
      { by: ['department', 'channel'] },
      { by: ['channel', 'product'] },
      { by: ['department', 'product'] },
    ];
    const declared = circle.filter((_, last) => checkTables(circle.slice(0, last + 1)).length === 0);
    const places = { 'd2 c3 p2': 1, 'd2 c1 p3': 10, 'd3 c2 p1': 9, 'd3 c2 p2': 1 };
    const more = { 'd1 c2 p2': 5, 'd1 c1 p1': 5, 'd3 c1 p1': 1, 'd2 c2 p2': 4 };
    expect(await derivedIn([{ ...places, ...more }], declared)).to.deep.equal([]);
  });

  it('known answers: who knows two of them knows no more', async () => {
    const town = townOf([square([1, 1, 20], [1, 1, 20], [20, 20, 20])], oneTable, 2);
    const known = ['c1', 'c2'].map((channel) => ({
      keys: { department: 'd1', channel },
      month: '2026',
      bin: '1',
    }));
    const [only] = releasesOf(town);
    expect(await attack(only!.rows, town.scale, 1, known)).to.deep.equal([]);
  });

  it('small moves: one answer more in a row that shows', async () => {
    expect(await derivedIn([quiet, square([21, 20], [20, 20])])).to.deep.equal([]);
  });

  it('replaced answers: as many, but another', async () => {
    const all = [10, 10];
    const days = [square([all, all], [all, all]), square([[9, 11], all], [all, all])];
    expect(await derivedIn(days)).to.deep.equal([]);
  });

  it('the hidden rest of a total: three more in the rows that do not show', async () => {
    const before = square([4, 4, 20], [4, 4, 20], [20, 20, 20]);
    const now = square([6, 5, 25], [4, 6, 25], [25, 25, 20]);
    expect(await derivedIn([before, now])).to.deep.equal([]);
  });

  it('changes of hidden rows: eight here and eight there tell of three', async () => {
    const before = square([4, 4, 20, 20], [20, 4, 4, 20], [4, 4, 4, 20], [20, 20, 20, 20]);
    const now = square([9, 7, 20, 20], [20, 9, 4, 20], [4, 4, 4, 20], [20, 20, 20, 20]);
    expect(await derivedIn([before, now])).to.deep.equal([]);
  });

  it('shown stays shown: else what did not change follows from the release before', async () => {
    const before = square([10, 20, 20], [20, 20, 20], [20, 20, 20]);
    const now = square([10, 20, 20], [20, 25, 20], [20, 20, 20], [6, 6, 0]);
    expect(await derivedIn([before, now])).to.deep.equal([]);
  });

  it('held back: a new department under the floor, where all others must show', async () => {
    expect(await derivedIn([quiet, square([20, 20], [20, 20], [6, 0])])).to.deep.equal([]);
  });

  it('shown later: what follows of its change leads back to what it was', async () => {
    const before = square([10, 3, 10], [0, 2, 0], [0, 2, 0], [1, 3, 1]);
    const now = square([10, 10, 10], [0, 2, 0], [0, 2, 0], [1, 3, 1]);
    expect(await derivedIn([before, now])).to.deep.equal([]);
  });

  describe('lower counts', () => {
    const first = square([0, 0, 20], [4, 3, 20], [20, 20, 20]);
    const second = square([5, 0, 20], [4, 3, 20], [20, 20, 20]);
    const third = square([5, 0, 20], [4, 3, 20], [25, 20, 20]);

    it('of the release before: what could not shrink then leaves no choice now', async () => {
      expect(await derivedIn([first, second])).to.deep.equal([]);
    });

    it('of what was there: it can lose only what it had', async () => {
      const before = square([1, 10, 1], [11, 1, 0], [0, 1, 10]);
      const now = square([4, 10, 6], [11, 1, 0], [2, 6, 10]);
      expect(await derivedIn([before, now])).to.deep.equal([]);
    });

    it('of all releases: nor what could not two releases ago', async () => {
      expect(await derivedIn([first, second, third])).to.deep.equal([]);
    });
  });
});
