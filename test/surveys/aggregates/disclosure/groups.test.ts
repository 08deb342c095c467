import { expect } from 'chai';
import fc from 'fast-check';
import { areSumsOfGroups, groupOf, planGroups } from '../../../../surveys/aggregates/disclosure/groups.ts';
import {
  addFacts,
  emptyFacts,
  type Facts,
  onlyPlaces,
  placeOf,
} from '../../../../surveys/aggregates/facts.ts';
import { contactTables, roundTables } from '../../../../surveys/aggregates/tables.ts';

const floor = 5;
const bins = ['0', '1', '2', '3'];

/** A round of a department in a month: so many answers per bin. */
type Round = [department: string, month: string, counts: number[]];

function facts(rounds: Round[]): Facts {
  const all = emptyFacts(bins);
  for (const [department, month, counts] of rounds) {
    const place = placeOf({ department, channel: 'website', product: '', stage: '', mode: 'web', month });
    addFacts(all, place, Object.fromEntries(bins.map((bin, index) => [bin, counts[index]!])));
  }
  return all;
}

function shown(rounds: Round[], previous?: Facts, withheld: string[] = []) {
  const plan = planGroups({
    tables: roundTables,
    floor,
    facts: facts(rounds),
    withheld: (place) => withheld.includes(groupOf(place)),
    previous,
  });
  const rows = plan.entries.map(({ id }, entry) => [
    id,
    plan.hidden[entry] === 1 ? 'hidden' : [...plan.sums.values.subarray(entry * 4, entry * 4 + 4)],
  ]);
  return { plan, rows: Object.fromEntries(rows) as Record<string, number[] | 'hidden'> };
}

describe('the release of rounds', () => {
  const twelve = [2, 3, 4, 3];
  const four = [1, 1, 1, 1];

  it('shows a round that reaches the floor, whatever became of the others', () => {
    const { rows } = shown([
      ['parks', '2026-03', twelve],
      ['roads', '2026-04', four],
      ['tax', '2026-05', [0, 0, 5, 0]],
    ]);
    expect(rows['department|parks|2026']).to.deep.equal(twelve);
    expect(rows['department|tax|2026']).to.deep.equal([0, 0, 5, 0]);
    expect(rows['department|roads|2026']).to.equal('hidden');
    expect(rows['department|roads|2026-04|2026']).to.equal('hidden');
    expect(rows['|2026'], 'the total is of what is shown').to.deep.equal([2, 3, 9, 3]);
  });

  it('leaves a round under the floor out of the year of its department too', () => {
    const { rows } = shown([
      ['parks', '2026-03', twelve],
      ['parks', '2026-10', four],
    ]);
    expect(rows['department|parks|2026']).to.deep.equal(twelve);
    expect(rows['department|parks|2026-03|2026']).to.deep.equal(twelve);
  });

  it('tells nothing of what is under the floor: with other answers there, the release is the same', () => {
    const counts = fc.array(fc.nat(4), { minLength: 4, maxLength: 4 });
    const round = fc.tuple(
      fc.constantFrom('a', 'b', 'c'),
      fc.constantFrom('2026-01', '2026-02', '2026-06'),
      counts,
    );
    const rounds = fc.uniqueArray(round, { selector: ([a, b]) => a + b, minLength: 1 });
    const few = fc.array(
      counts.filter((some) => sum(some) < floor),
      { minLength: 9, maxLength: 9 },
    );
    fc.assert(
      fc.property(rounds, few, (some, others) => {
        const changed = some.map(
          ([department, month, own], index): Round => [
            department,
            month,
            sum(own) < floor ? others[index]! : own,
          ],
        );
        expect(shown(changed).rows).to.deep.equal(shown(some).rows);
      }),
      { numRuns: 500 },
    );
  });

  it('adds up: every row is the sum of the rounds that are shown in it', () => {
    const { rows } = shown([
      ['parks', '2026-03', twelve],
      ['parks', '2026-06', [5, 0, 0, 0]],
      ['roads', '2026-06', [0, 5, 0, 0]],
    ]);
    expect(rows['department|parks|2026']).to.deep.equal([7, 3, 4, 3]);
    expect(rows['|2026-06|2026']).to.deep.equal([5, 5, 0, 0]);
    expect(rows['|2026']).to.deep.equal([7, 8, 4, 3]);
  });

  it('keeps what is under way back, and stays as it was until five were added', () => {
    const first = shown([['parks', '2026-03', twelve]], undefined, ['parks||2026-03']);
    expect(first.rows['department|parks|2026']).to.equal('hidden');
    const second = shown([['parks', '2026-03', twelve]], first.plan.facts);
    expect(second.rows['department|parks|2026']).to.deep.equal(twelve);
    const steps: [number[], number[]][] = [
      [[2, 3, 4, 7], twelve],
      [[2, 3, 4, 2], twelve],
      [[0, 0, 0, 0], twelve],
      [
        [2, 3, 4, 8],
        [2, 3, 4, 8],
      ],
    ];
    for (const [now, expected] of steps) {
      const { rows } = shown([['parks', '2026-03', now]], second.plan.facts);
      expect(rows['department|parks|2026'], String(now)).to.deep.equal(expected);
    }
  });

  it('hides all again when the floor was raised', () => {
    const before = shown([['parks', '2026-03', [0, 5, 0, 0]]]).plan.facts;
    const { hidden } = planGroups({
      tables: roundTables,
      floor: 10,
      facts: facts([['parks', '2026-03', [0, 5, 0, 0]]]),
      withheld: () => false,
      previous: before,
    });
    expect([...hidden].every((one) => one === 1)).to.equal(true);
  });

  it('is only for tables whose rows are sums of whole rounds', () => {
    expect(areSumsOfGroups(roundTables)).to.equal(true);
    expect(areSumsOfGroups([{ by: ['product', 'period'] }])).to.equal(true);
    expect(areSumsOfGroups(contactTables)).to.equal(false);
    expect(onlyPlaces(facts([['parks', '2026-03', twelve]]), () => false).places).to.deep.equal([]);
  });
});

function sum(counts: number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
