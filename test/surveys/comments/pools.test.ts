import { expect } from 'chai';
import fc from 'fast-check';
import { poolsOf } from '../../../surveys/comments/index.ts';

const parents = new Map([
  ['dienstverlening', undefined],
  ['burgerzaken', 'dienstverlening'],
  ['balie', 'burgerzaken'],
  ['vergunningen', 'dienstverlening'],
  ['los-team', undefined],
]);

/** So many comments of each department, each saying whose it is. */
function comments(counts: Record<string, number>): Map<string, string[]> {
  return new Map(
    Object.entries(counts).map(([department, count]) => [
      department,
      Array.from({ length: count }, (_, n) => `${department} ${n}`),
    ]),
  );
}

const shapeOf = (counts: Record<string, number>) =>
  poolsOf(comments(counts), parents).map(({ department, comments: found }) => [department, found.length]);

describe('pools of comments', () => {
  it('are of a department from twenty on', () => {
    expect(shapeOf({ burgerzaken: 20 })).to.deep.equal([['burgerzaken', 20]]);
    expect(shapeOf({ burgerzaken: 19 })).to.deep.equal([]);
  });

  it("take what is too little up to the parent's, and to the whole municipality at the top", () => {
    expect(shapeOf({ balie: 12, vergunningen: 8 })).to.deep.equal([['dienstverlening', 20]]);
    expect(shapeOf({ balie: 12, 'los-team': 8 })).to.deep.equal([['', 20]]);
    expect(shapeOf({ balie: 12, 'los-team': 7 })).to.deep.equal([]);
  });

  it('never show a comment twice: what a part shows is not in the pool above', () => {
    expect(shapeOf({ balie: 30, burgerzaken: 5, vergunningen: 15 })).to.deep.equal([
      ['balie', 30],
      ['dienstverlening', 20],
    ]);
    expect(shapeOf({ balie: 30, burgerzaken: 5 })).to.deep.equal([['balie', 30]]);
  });

  it('hold at least twenty, each comment once, under its own department or one above it', () => {
    const names = [...parents.keys(), 'onbekend'];
    const above = (department: string): string[] => {
      const parent = parents.get(department);
      return parent === undefined ? [department, ''] : [department, ...above(parent)];
    };
    fc.assert(
      fc.property(fc.array(fc.nat(45), { minLength: names.length, maxLength: names.length }), (counts) => {
        const given = comments(Object.fromEntries(names.map((name, n) => [name, counts[n]!])));
        const pools = poolsOf(given, parents);
        const shown = pools.flatMap((pool) => pool.comments);
        expect(new Set(shown).size).to.equal(shown.length);
        for (const pool of pools) {
          expect(pool.comments.length).to.be.at.least(20);
          for (const comment of pool.comments)
            expect(above(comment.split(' ')[0]!)).to.include(pool.department);
        }
        const total = counts.reduce((sum, one) => sum + one, 0);
        expect(total - shown.length, 'left over').to.be.below(20);
      }),
    );
  });

  it('end where parents go in a circle', () => {
    const circle = new Map([
      ['a', 'b'],
      ['b', 'a'],
    ]);
    for (const pool of poolsOf(comments({ a: 15, b: 15 }), circle))
      expect(pool.comments.length).to.be.at.least(20);
  });
});
