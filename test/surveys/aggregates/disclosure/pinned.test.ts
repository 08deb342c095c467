import { expect } from 'chai';
import fc from 'fast-check';
import { type Arc, pinnedArcs } from '../../../../surveys/aggregates/disclosure/pinned.ts';

/** A table with rows 0 to r-1 and columns from r on; `null` is a visible cell, a number a hidden one. */
function arcsOf(cells: (number | null)[][]): Arc[] {
  return cells.flatMap((row, from) =>
    row.flatMap((value, column) =>
      value === null ? [] : [{ from, to: cells.length + column, positive: value > 0 }],
    ),
  );
}

function pinnedIn(cells: (number | null)[][]): number[] {
  return pinnedArcs(cells.length + cells[0]!.length, arcsOf(cells));
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
});

/**
 * Tries all ways to change the hidden cells by -1, 0 or 1 that keep the margins. Integer flows of size one are
 * enough: if any circulation moves a cell, a simple cycle does.
 */
function pinnedBySearch(cells: (number | null)[][]): number[] {
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
      if (cell.value + change < 0) continue;
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
