import { expect } from 'chai';
import fc from 'fast-check';
import { type Arc, pinnedArcs } from '../../../../surveys/aggregates/disclosure/pinned.ts';

/** A table with rows 0 to r-1 and columns from r on; `null` is a visible cell, a number a hidden one. */
function arcsOf(cells: (number | null)[][]): Arc[] {
  return cells.flatMap((row, from) =>
    row.flatMap((value, column) =>
      value === null ? [] : [{ from, to: cells.length + column, count: value }],
    ),
  );
}

function pinnedIn(cells: (number | null)[][], known = 0): number[] {
  return [...pinnedArcs(cells.length + cells[0]!.length, arcsOf(cells), known)];
}

describe('pinnedArcs', () => {
  it('finds a cell that is hidden alone', () => {
    expect(
      pinnedIn([
        [3, null],
        [null, null],
      ]),
    ).to.deep.equal([0]);
  });

  it('finds two hidden cells of one row that stand alone in their columns', () => {
    expect(
      pinnedIn([
        [3, 4],
        [null, null],
      ]),
    ).to.deep.equal([0, 1]);
  });

  it('leaves a square of positive cells free', () => {
    expect(
      pinnedIn([
        [3, 4],
        [2, 6],
      ]),
    ).to.deep.equal([]);
  });

  it('leaves a square free while one diagonal can shrink', () => {
    expect(
      pinnedIn([
        [0, 4],
        [2, 0],
      ]),
    ).to.deep.equal([]);
  });

  it('finds a square in which each direction is blocked', () => {
    expect(
      pinnedIn([
        [0, 0],
        [2, 6],
      ]),
    ).to.deep.equal([0, 1, 2, 3]);
  });

  it('agrees with a search through all small tables', () => {
    const cell = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 2 }));
    const tables = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(tables, (cells) => {
        expect(pinnedIn(cells)).to.deep.equal(pinnedBySearch(cells));
      }),
      { numRuns: 200 },
    );
  });

  it('misses nothing that somebody can follow who knows any two of the answers', () => {
    const cell = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 4 }));
    const tables = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(tables, (cells) => {
        const followed = new Set(waysToKnowTwo(cells).flatMap((known) => pinnedBySearch(cells, known)));
        expect(pinnedIn(cells, 2)).to.include.members([...followed]);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves free what stays free whichever two answers are known', () => {
    expect(
      pinnedIn(
        [
          [3, 4],
          [5, 6],
        ],
        2,
      ),
    ).to.deep.equal([]);
    const square = [
      [2, 4],
      [5, 1],
    ];
    expect(pinnedIn(square, 0)).to.deep.equal([]);
    expect(pinnedIn(square, 2), 'the other diagonal can shrink').to.deep.equal([]);
    expect(
      pinnedIn(
        [
          [2, 2],
          [5, 1],
        ],
        2,
      ),
      'one answer of each diagonal is all that there is to move',
    ).to.deep.equal([0, 1, 2, 3]);
  });
});

/** For each hidden cell how many of its answers are known: two in all. */
function waysToKnowTwo(cells: (number | null)[][]): number[][] {
  const counts = cells.flat().filter((value) => value !== null);
  const each = [...counts.keys()];
  return each
    .flatMap((first) =>
      each.map((second) => counts.map((_, at) => Number(at === first) + Number(at === second))),
    )
    .filter((known) => known.every((number, at) => number <= counts[at]!));
}

/**
 * Tries all ways to change the hidden cells by -1, 0 or 1 that keep the margins. Integer flows of size one are
 * enough: if any circulation moves a cell, a simple cycle does.
 */
function pinnedBySearch(cells: (number | null)[][], known: number[] = []): number[] {
  const hidden = cells.flatMap((row, r) =>
    row.flatMap((value, c) => (value === null ? [] : [{ r, c, value }])),
  );
  const moved = new Set<number>();
  const changes: number[] = [];
  const rows = cells.map(() => 0);
  const columns = cells[0]!.map(() => 0);
  const visit = (index: number): void => {
    const cell = hidden[index];
    if (!cell) {
      if ([...rows, ...columns].every((sum) => sum === 0)) {
        for (const [at, change] of changes.entries()) if (change !== 0) moved.add(at);
      }
      return;
    }
    for (const change of [-1, 0, 1]) {
      if (cell.value + change < (known[index] ?? 0)) continue;
      changes[index] = change;
      rows[cell.r]! += change;
      columns[cell.c]! += change;
      visit(index + 1);
      rows[cell.r]! -= change;
      columns[cell.c]! -= change;
    }
    changes[index] = 0;
  };
  visit(0);
  return hidden.flatMap((_, index) => (moved.has(index) ? [] : [index]));
}
