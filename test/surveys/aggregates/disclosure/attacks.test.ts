import { expect } from 'chai';
import { occurringIn } from '../../../../surveys/aggregates/disclosure/axes.ts';
import { layOut } from '../../../../surveys/aggregates/disclosure/layout.ts';
import type { Plan } from '../../../../surveys/aggregates/disclosure/plan.ts';
import { addFacts, emptyFacts, type Place, placeOf } from '../../../../surveys/aggregates/facts.ts';
import { checkTables, type Dimension, type ReleaseTable } from '../../../../surveys/aggregates/tables.ts';
import { times } from '../../../support/long-form.ts';
import { attack, generator, type KnownAnswer } from '../attacker.ts';
import { byMonth, copyOf, derived, releasesOf, type Town } from './towns.ts';

/** More with ATTACKED_DATA_SETS in the environment: `npm run verify:full` attacks 10,000. */
const dataSets = times('ATTACKED_DATA_SETS', { short: 20, long: 10_000 });
const firstSeed = Number(process.env.ATTACK_SEED ?? 1);
describe('an attacker of what the release engine shows', function () {
  this.timeout(dataSets * 30_000);

  it(`can not derive a hidden number in ${dataSets} random data sets, whichever two answers are known`, async () => {
    for (let seed = firstSeed; seed < firstSeed + dataSets; seed++) {
      const town = randomTown(seed);
      const releases = releasesOf(town);
      expect(await derived(town, releases, seed), `seed ${seed}`).to.deep.equal([]);
      for (const [day, { plan, rows }] of releases.entries()) {
        const known = twoAnswers(town, plan, seed);
        const found = await attack(rows, town.scale, seed, known);
        expect(found, `seed ${seed}, release ${day + 1}, two known`).to.deep.equal([]);
      }
    }
  });
});

/** Any scale, any tables that may be declared, few or many answers, spread evenly, skewed or in heaps, one to four releases. */
function randomTown(seed: number): Town {
  const random = generator(seed);
  const upTo = (limit: number, skew = 1) => Math.floor(limit * random() ** skew);
  const bins = Array.from({ length: 2 + upTo(4) }, (_, index) => String(index + 1));
  const bands = consecutive(bins, random);
  const tables = randomTables(random);
  const wanted = (dimension: Dimension) => tables.some(({ by }) => by.includes(dimension));
  const size = (dimension: Dimension, most: number) => (wanted(dimension) ? 1 + upTo(most) : 1);
  const sizes = {
    department: size('department', 4),
    channel: size('channel', 4),
    product: size('product', 3),
    stage: size('stage', 2),
    mode: size('mode', 2),
  };
  const skew = 0.5 + 2.5 * random();
  const firstMonth = 12 - upTo(wanted('period') ? 4 : 1);
  const facts = emptyFacts(bins);
  const randomPlace = () =>
    placeOf({
      department: `d${upTo(sizes.department, skew)}`,
      channel: `c${upTo(sizes.channel, skew)}`,
      product: `p${upTo(sizes.product, skew)}`,
      stage: `s${upTo(sizes.stage)}`,
      mode: `m${upTo(sizes.mode)}`,
      month: `2026-${String(Math.min(12, firstMonth + upTo(2))).padStart(2, '0')}`,
    });
  const answer = (place: Place) =>
    addFacts(facts, place, { [bins[bins.length - 1 - upTo(bins.length, skew)]!]: 1 });
  // Few places with many answers or hardly any make tables full of holes, in which most follows.
  const inHeaps = random() < 0.5;
  const days = Array.from({ length: 1 + upTo(4) }, (_, day) => {
    const many = day === 0 ? 10 + upTo(800, 2) : upTo(80, 2);
    for (let each = 0; each < (inHeaps ? 5 + upTo(14) : many); each++) {
      const place = randomPlace();
      const heap = !inHeaps ? 1 : random() < 0.5 ? 1 + upTo(9) : 10 + upTo(20);
      for (let one = 0; one < heap; one++) answer(place);
    }
    return copyOf(facts);
  });
  return {
    tables,
    floor: random() < 0.5 ? 10 : 5,
    known: 2,
    bands: bands.map((band) => band.map((bin) => bins.indexOf(bin))),
    gates: [bins.map((_, index) => index)],
    scale: {
      bins: bins.map((key) => ({ key, value: Number(key) })),
      bands: Object.fromEntries(bands.map((band) => [band.join('-'), band])),
    },
    days,
  };
}

/** Bands of one or two neighbouring bins. */
function consecutive(bins: string[], random: () => number): string[][] {
  const bands: string[][] = [];
  for (const bin of bins) {
    const last = bands.at(-1);
    if (last?.length === 1 && random() < 0.4) last.push(bin);
    else bands.push([bin]);
  }
  return bands;
}

function randomTables(random: () => number): ReleaseTable[] {
  const all: Dimension[] = ['department', 'channel', 'product', 'stage', 'mode', 'period'];
  const tables: ReleaseTable[] = [];
  for (let attempt = 0; tables.length < 1 + 3 * random() && attempt < 20; attempt++) {
    const [first, second] = all.toSorted(() => random() - 0.5) as [Dimension, Dimension];
    const more = [...tables, { by: random() < 0.8 ? [first, second] : [first] }];
    if (checkTables(more).length === 0) tables.push(more.at(-1)!);
  }
  return tables;
}

/** Two answers that are in the smallest band of a hidden entry: those that tell an attacker most. */
function twoAnswers(
  { scale, bands, tables }: Town,
  { entries, hidden, facts }: Plan,
  seed: number,
): KnownAnswer[] {
  const hiddenIds = new Set(entries.filter((_, entry) => hidden[entry] === 1).map(({ id }) => id));
  const layout = layOut(tables, occurringIn(facts.places));
  const groups = new Map<string, KnownAnswer[]>();
  for (const [row, place] of facts.places.entries()) {
    for (const entry of layout.coverOf(place)) {
      const { id } = layout.entries[entry]!;
      if (!hiddenIds.has(id)) continue;
      for (const [band, members] of bands.entries()) {
        const group = groups.get(`${id} ${band}`) ?? [];
        for (const bin of members) {
          const count = facts.counts[row * facts.bins.length + bin]!;
          for (let each = 0; each < count; each++) {
            const { key: _, month, ...keys } = place;
            group.push({
              keys,
              month: byMonth(tables) ? month : month.slice(0, 4),
              bin: scale.bins[bin]!.key,
            });
          }
        }
        if (group.length > 0) groups.set(`${id} ${band}`, group);
      }
    }
  }
  const random = generator(seed);
  const smallest = [...groups.values()].sort((a, b) => a.length - b.length).slice(0, 4);
  return (smallest[Math.floor(random() * smallest.length)] ?? []).toSorted(() => random() - 0.5).slice(0, 2);
}
