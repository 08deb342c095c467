import { expect } from 'chai';
import { addFacts, emptyFacts, placeOf } from '../../../../surveys/aggregates/facts.ts';
import { copyOf, derived, releasesOf, type Town } from './towns.ts';

/** Answers of departments (down) by channels (across), at each release. */
type Counts = number[][];

const bins = ['1'];

/** A town with one table, and one band: what can be derived are numbers of answers. */
function townOf(days: Counts[]): Town {
  return {
    tables: [{ by: ['department', 'channel'] }],
    floor: 10,
    known: 0,
    bands: [[0]],
    gates: [[0]],
    scale: { bins: bins.map((key) => ({ key })), bands: { '1': bins } },
    days: days.map((counts) => {
      const facts = emptyFacts(bins);
      for (const [row, cells] of counts.entries()) {
        for (const [column, n] of cells.entries()) {
          const place = {
            department: `d${row + 1}`,
            channel: `c${column + 1}`,
            product: '',
            stage: '',
            mode: '',
          };
          if (n > 0) addFacts(facts, placeOf({ ...place, month: '2026-01' }), { '1': n });
        }
      }
      return copyOf(facts);
    }),
  };
}

async function derivedIn(...days: Counts[]): Promise<string[]> {
  const town = townOf(days);
  return derived(town, releasesOf(town));
}

/** Small towns, each of which would give a number away without one of the rules (test/mutations/). */
describe('a town made for one rule of releases', () => {
  it('lower counts: what could not shrink a release ago does not hide others now', async () => {
    const [before, now] = [
      [
        [0, 0, 20],
        [4, 3, 20],
        [20, 20, 20],
      ],
      [
        [5, 0, 20],
        [4, 3, 20],
        [20, 20, 20],
      ],
    ];
    expect(await derivedIn(before, now)).to.deep.equal([]);
  });

  it('lower counts of all releases: nor what could not two releases ago', async () => {
    const [first, second, third] = [
      [
        [0, 0, 20],
        [4, 3, 20],
        [20, 20, 20],
      ],
      [
        [5, 0, 20],
        [4, 3, 20],
        [20, 20, 20],
      ],
      [
        [5, 0, 20],
        [4, 3, 20],
        [25, 20, 20],
      ],
    ];
    expect(await derivedIn(first, second, third)).to.deep.equal([]);
  });

  it('stuck: a new department under the floor waits, since all others must be shown', async () => {
    const before = [
      [20, 20],
      [20, 20],
    ];
    expect(await derivedIn(before, [...before, [6, 0]])).to.deep.equal([]);
  });

  it('changes of hidden rows that follow: five here and eight there tell of three', async () => {
    const before = [
      [4, 4, 20, 20],
      [20, 4, 4, 20],
      [4, 4, 4, 20],
      [20, 20, 20, 20],
    ];
    const now = [
      [9, 7, 20, 20],
      [20, 9, 4, 20],
      [4, 4, 4, 20],
      [20, 20, 20, 20],
    ];
    expect(await derivedIn(before, now)).to.deep.equal([]);
  });
});
