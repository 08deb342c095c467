import { expect } from 'chai';
import {
  type Plan,
  type PlanInput,
  type PreviousPlan,
  planRelease,
} from '../../../../surveys/aggregates/disclosure/plan.ts';
import { addFacts, emptyFacts, type Facts, placeOf } from '../../../../surveys/aggregates/facts.ts';
import { roundHalfUp } from '../../../../surveys/aggregates/releases/figures.ts';
import { checkTables, type Dimension, type ReleaseTable } from '../../../../surveys/aggregates/tables.ts';
import { times } from '../../../support/long-form.ts';
import { attack, generator, type KnownAnswer, type PublishedRow, type Scale } from '../attacker.ts';
import { monthsOf } from '../everything.ts';
import { isPublished, smallChanges, together } from '../releases-together.ts';

/** More with ATTACKED_DATA_SETS in the environment: `npm run verify:full` attacks 10,000. */
const dataSets = times('ATTACKED_DATA_SETS', { short: 20, long: 10_000 });
const firstSeed = Number(process.env.ATTACK_SEED ?? 1);
/** Data sets in which something could once be derived: a number hidden before, from what showed later. */
const onceTelling = [652];

describe('an attacker of what the release engine shows', function () {
  this.timeout(dataSets * 5_000);

  it(`can not derive a hidden number in ${dataSets} random data sets, whichever two answers are known`, async () => {
    for (const seed of [
      ...onceTelling,
      ...Array.from({ length: dataSets }, (_, index) => firstSeed + index),
    ]) {
      const town = randomTown(seed);
      let before: PublishedRow[] = [];
      let previous: PreviousPlan | undefined;
      for (const [day, facts] of town.days.entries()) {
        const plan = planRelease({ ...town, facts, ...(previous && { previous }) });
        const rows = publishedRows(town, plan);
        const where = `seed ${seed}, release ${day + 1}`;
        const few = rows.filter(({ figures }) => figures && figures.responses < town.floor);
        expect(few, `${where}, under the floor`).to.deep.equal([]);
        expect(await attack(rows, town.scale, seed), where).to.deep.equal([]);
        const known = twoAnswers(town, plan, seed);
        expect(await attack(rows, town.scale, seed, known), `${where}, two known`).to.deep.equal([]);
        if (day > 0) {
          const both = await attack(together(before, rows), town.scale, seed);
          const followed = both.filter((one) => one.row.keys.when !== 'added' && !isPublished(one, rows));
          expect(followed, `${where} beside the one before`).to.deep.equal([]);
          expect(await smallChanges(before, rows), `${where}, added`).to.deep.equal([]);
        }
        before = rows;
        previous = { facts: plan.facts, visible: visibleIn(plan) };
      }
    }
  });
});

interface Town extends Pick<PlanInput, 'tables' | 'floor' | 'known' | 'bands' | 'gates'> {
  scale: Scale;
  /** All answers so far, at each release. */
  days: Facts[];
}

/** Any scale, any tables that may be declared, few or many answers, spread evenly or not, one to three releases. */
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
  const days = Array.from({ length: 1 + upTo(3) }, (_, day) => {
    const count = day === 0 ? 10 + upTo(800, 2) : upTo(80, 2);
    for (let answer = 0; answer < count; answer++) {
      const month = `2026-${String(Math.min(12, firstMonth + upTo(2))).padStart(2, '0')}`;
      const place = placeOf({
        department: `d${upTo(sizes.department, skew)}`,
        channel: `c${upTo(sizes.channel, skew)}`,
        product: `p${upTo(sizes.product, skew)}`,
        stage: `s${upTo(sizes.stage)}`,
        mode: `m${upTo(sizes.mode)}`,
        month,
      });
      addFacts(facts, place, { [bins[bins.length - 1 - upTo(bins.length, skew)]!]: 1 });
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

const copyOf = (facts: Facts): Facts => ({
  ...facts,
  places: [...facts.places],
  rows: new Map(facts.rows),
  counts: facts.counts.slice(),
});

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

function visibleIn({ layout, hidden }: Plan): Set<string> {
  return new Set(layout.entries.filter((_, entry) => hidden[entry] === 0).map(({ id }) => id));
}

/** The rows of a plan, with all that is published of a visible one. */
function publishedRows({ scale, tables }: Town, { layout, hidden, sums, facts }: Plan): PublishedRow[] {
  const first = facts.places.reduce((least, { month }) => (month < least ? month : least), '9');
  return layout.entries.map(({ keys, period }, entry) => {
    const months = byMonth(tables) ? monthsOf(period).filter((month) => month >= first) : [period];
    const row = { keys: { ...keys }, months };
    if (hidden[entry] === 1) return row;
    const counts = new Map(scale.bins.map(({ key }, bin) => [key, sums.values[entry * sums.width + bin]!]));
    const responses = sum(counts.values());
    const total = sum(scale.bins.map(({ key, value = 0 }) => value * counts.get(key)!));
    const distribution = Object.fromEntries(
      Object.entries(scale.bands).map(([band, bins]) => [band, sum(bins.map((bin) => counts.get(bin)!))]),
    );
    return { ...row, figures: { responses, distribution, mean: roundHalfUp(total / responses, 1) } };
  });
}

const byMonth = (tables: ReleaseTable[]): boolean => tables.some(({ by }) => by.includes('period'));

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, one) => total + one, 0);

/** Two answers that are in the smallest band of a hidden entry: those that tell an attacker most. */
function twoAnswers(
  { scale, bands, tables }: Town,
  { layout, hidden, facts }: Plan,
  seed: number,
): KnownAnswer[] {
  const groups = new Map<string, KnownAnswer[]>();
  for (const [row, place] of facts.places.entries()) {
    for (const entry of layout.coverOf(place)) {
      if (hidden[entry] === 0) continue;
      for (const [band, members] of bands.entries()) {
        const group = groups.get(`${entry} ${band}`) ?? [];
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
        if (group.length > 0) groups.set(`${entry} ${band}`, group);
      }
    }
  }
  const random = generator(seed);
  const smallest = [...groups.values()].sort((a, b) => a.length - b.length).slice(0, 4);
  return (smallest[Math.floor(random() * smallest.length)] ?? []).toSorted(() => random() - 0.5).slice(0, 2);
}
