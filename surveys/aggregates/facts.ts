import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Histogram } from './cells.ts';
import type { KeyDimension } from './tables.ts';

/** The finest place in which answers count, of all versions together. */
export interface Place extends Record<KeyDimension | 'month', string> {
  /** The other fields as one text. */
  key: string;
}

/**
 * The answers to one question in one calendar year: a matrix with a row per place and a column per bin, because
 * a year can have a hundred thousand places.
 */
export interface Facts {
  bins: string[];
  /** The place of each row. */
  places: Place[];
  /** Place key to its row. */
  rows: Map<string, number>;
  /** Row-major; longer than needed while it grows. */
  counts: Float64Array;
}

export function emptyFacts(bins: string[]): Facts {
  return { bins, places: [], rows: new Map(), counts: new Float64Array(bins.length * 64) };
}

export function placeOf({ department, channel, product, stage, mode, month }: Omit<Place, 'key'>): Place {
  const key = `${department}|${channel}|${product}|${stage}|${mode}|${month}`;
  return { key, department, channel, product, stage, mode, month };
}

function parsePlace(key: string): Place {
  const [department, channel, product, stage, mode, month] = key.split('|') as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return { key, department, channel, product, stage, mode, month };
}

/** Adds a histogram to a place. Bins that the question does not have are left out. */
export function addFacts(facts: Facts, place: Place, histogram: Histogram): void {
  const start = rowOf(facts, place) * facts.bins.length;
  for (const [index, bin] of facts.bins.entries()) facts.counts[start + index]! += histogram[bin] ?? 0;
}

/** The row of a place, made when it has none. */
export function rowOf(facts: Facts, place: Place): number {
  const known = facts.rows.get(place.key);
  if (known !== undefined) return known;
  const row = facts.places.push(place) - 1;
  facts.rows.set(place.key, row);
  const needed = (row + 1) * facts.bins.length;
  if (needed > facts.counts.length) {
    const larger = new Float64Array(needed * 2);
    larger.set(facts.counts);
    facts.counts = larger;
  }
  return row;
}

/** The counts of some of the places. */
export function onlyPlaces(facts: Facts, isWanted: (place: Place) => boolean): Facts {
  const width = facts.bins.length;
  const some = emptyFacts(facts.bins);
  for (const [row, place] of facts.places.entries()) {
    if (!isWanted(place)) continue;
    some.counts.set(facts.counts.subarray(row * width, (row + 1) * width), rowOf(some, place) * width);
  }
  return some;
}

/** Whether both hold the same counts in every place, those of the same bins. */
export function sameFacts(facts: Facts, { keys, counts }: PlainFacts): boolean {
  const width = facts.bins.length;
  const missing = new Set(facts.places.keys());
  for (const [row, key] of linesOf(keys).entries()) {
    const mine = facts.rows.get(key);
    if (mine !== undefined) missing.delete(mine);
    for (let bin = 0; bin < width; bin++) {
      const count = mine === undefined ? 0 : facts.counts[mine * width + bin]!;
      if (count !== counts[row * width + bin]!) return false;
    }
  }
  return [...missing].every((row) =>
    facts.counts.subarray(row * width, (row + 1) * width).every((count) => count === 0),
  );
}

/** Facts in a form that is quick to copy and to compress: the keys of the places, one a line, and a row of counts each. */
export interface PlainFacts {
  bins: string[];
  keys: string;
  counts: Float64Array;
}

export function plainFacts({ bins, places, counts }: Facts): PlainFacts {
  const keys = places.map(({ key }) => key).join('\n');
  return { bins, keys, counts: counts.slice(0, places.length * bins.length) };
}

export function fromPlainFacts({ bins, keys, counts }: PlainFacts): Facts {
  const places = linesOf(keys).map(parsePlace);
  return { bins, places, rows: new Map(places.map(({ key }, row) => [key, row])), counts };
}

/** Facts as stored: places as text, counts as 32-bit integers, both deflated. */
export interface PackedFacts {
  bins: string[];
  places: Buffer;
  counts: Buffer;
}

export function packFacts({ bins, keys, counts }: PlainFacts): PackedFacts {
  const integers = Uint32Array.from(counts);
  return {
    bins,
    places: deflateRawSync(keys, { level: 1 }),
    counts: deflateRawSync(new Uint8Array(integers.buffer), { level: 1 }),
  };
}

export function unpackFacts({ bins, places, counts }: PackedFacts): PlainFacts {
  const bytes = inflateRawSync(counts);
  const integers = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return { bins, keys: inflateRawSync(places).toString(), counts: Float64Array.from(integers) };
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}
