import { encodeEmptyArray, encodeValue, endOfKey } from './bson/key.ts';
import { readFields } from './bson/read.ts';
import { type Document, integerOf, type Value } from './bson/values.ts';
import type { Source } from './cursors.ts';
import { StoreError } from './errors.ts';
import { compileFilter, type Matcher } from './match.ts';
import { valuesAt } from './paths.ts';
import { choosePlan, compileSort, type Plan, type SortKey } from './plan.ts';
import type { Projection } from './project.ts';
import { Scan, type StoredRecord } from './scan.ts';
import type { Collection, Environment } from './storage.ts';
import { sliceSpent, type Work } from './work.ts';

const end = Buffer.from([endOfKey]);

/** What a sort that no index serves may hold in memory, in bytes: MongoDB's limit. */
const sortBytes = 100 * 1024 * 1024;

export interface QueryOptions {
  filter: Document;
  sort?: Document | undefined;
  hint?: Value | undefined;
}

/** A compiled query on one collection. */
export interface Query {
  matcher: Matcher;
  sort: SortKey;
  plan: Plan;
}

export function compileQuery(
  collection: Collection | undefined,
  { filter, sort, hint }: QueryOptions,
): Query {
  const matcher = compileFilter(filter);
  const natural = sort?.$natural;
  if (natural !== undefined && Object.keys(sort ?? {}).length === 1) {
    const plan = choosePlan([], matcher, [], { $natural: integerOf(natural) === -1 ? -1 : 1 });
    return { matcher, sort: [], plan };
  }
  const keys = compileSort(sort ?? {});
  return { matcher, sort: keys, plan: choosePlan(collection?.indexes ?? [], matcher, keys, hint) };
}

/** Goes through the documents that match, in the order of the plan. */
export class Matches {
  readonly scan: Scan;
  readonly #matcher: Matcher;

  constructor(env: Environment, collection: Collection, { plan, matcher }: Query) {
    this.scan = new Scan(env, collection, plan);
    this.#matcher = matcher;
  }

  /** The next match; undefined at the end. Yields when the slice is used up. */
  *next(): Work<StoredRecord | undefined> {
    for (;;) {
      const found = this.scan.next();
      if (found === undefined) return undefined;
      if (matchesRaw(this.#matcher, found.raw)) return found;
      if (sliceSpent()) yield;
    }
  }
}

export function matchesRaw(matcher: Matcher, raw: Buffer): boolean {
  return matcher.all || matcher.matches(readFields(raw, matcher.fields));
}

/** What a document is sorted by, as bytes: of an array the smallest or, descending, the largest element counts. */
export function sortBytesOf(document: Document, sort: SortKey): Buffer {
  const parts = sort.map(([path, direction]) => {
    const descending = direction < 0;
    const candidates: Buffer[] = [];
    for (const value of valuesAt(document, path.split('.'))) {
      if (!Array.isArray(value)) candidates.push(encodeValue(value, descending));
      else if (value.length === 0) candidates.push(encodeEmptyArray(descending));
      else candidates.push(...value.map((element) => encodeValue(element, descending)));
    }
    // With its bits turned the largest value has the smallest bytes: the first is right for both directions.
    return candidates.sort(Buffer.compare)[0] ?? encodeValue(null, descending);
  });
  return Buffer.concat([...parts, end]);
}

interface Sortable extends StoredRecord {
  key: Buffer;
}

const inOrder = (a: Sortable, b: Sortable): number => Buffer.compare(a.key, b.key) || a.record - b.record;

/** All matches in the order of a sort no index serves; with `limit`, only that many are kept. */
export function* sortedMatches(matches: Matches, sort: SortKey, limit: number): Work<StoredRecord[]> {
  const fields = new Set(sort.map(([path]) => path.split('.', 1)[0] as string));
  let kept: Sortable[] = [];
  let bytes = 0;
  for (;;) {
    const found = yield* matches.next();
    if (found === undefined) break;
    const key = sortBytesOf(readFields(found.raw, fields), sort);
    kept.push({ ...found, key });
    bytes += found.raw.length + key.length;
    if (kept.length > limit * 2 + 1000) {
      kept = kept.sort(inOrder).slice(0, limit);
      bytes = kept.reduce((sum, each) => sum + each.raw.length + each.key.length, 0);
    }
    if (bytes > sortBytes) {
      throw new StoreError(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `Sort exceeded memory limit of ${sortBytes} bytes; an index on the sorted fields avoids it`,
      );
    }
    if (sliceSpent()) yield;
  }
  return kept.sort(inOrder).slice(0, limit);
}

/** The answers of a find, batch by batch. */
export class FindSource implements Source {
  exhausted = false;
  readonly matches: Matches;
  readonly #query: Query;
  readonly #projection: Projection | undefined;
  #skip: number;
  #left: number;
  #sorted: StoredRecord[] | undefined;
  #place = 0;
  #held: Buffer | undefined;

  /** `limit` 0 is no limit. */
  constructor(
    env: Environment,
    collection: Collection,
    query: Query,
    { skip, limit, projection }: { skip: number; limit: number; projection?: Projection | undefined },
  ) {
    this.matches = new Matches(env, collection, query);
    this.#query = query;
    this.#projection = projection;
    this.#skip = skip;
    this.#left = limit === 0 ? Number.POSITIVE_INFINITY : limit;
  }

  *#next(): Work<Buffer | undefined> {
    if (this.#held !== undefined) {
      const held = this.#held;
      this.#held = undefined;
      return held;
    }
    if (this.#left <= 0) return undefined;
    for (;;) {
      let found: StoredRecord | undefined;
      if (this.#query.plan.sorted) found = yield* this.matches.next();
      else {
        this.#sorted ??= yield* sortedMatches(this.matches, this.#query.sort, this.#skip + this.#left);
        found = this.#sorted[this.#place];
        this.#place += 1;
      }
      if (found === undefined) return undefined;
      if (this.#skip === 0) {
        this.#left -= 1;
        return this.#projection ? this.#projection.bytes(found.raw) : found.raw;
      }
      this.#skip -= 1;
      if (sliceSpent()) yield;
    }
  }

  *pull(count: number, bytes: number): Work<Buffer[]> {
    const batch: Buffer[] = [];
    let size = 0;
    while (batch.length < count) {
      const next = yield* this.#next();
      if (next === undefined) {
        this.exhausted = true;
        return batch;
      }
      if (batch.length > 0 && size + next.length > bytes) {
        this.#held = next;
        return batch;
      }
      batch.push(next);
      size += next.length;
      if (sliceSpent()) yield;
    }
    if (this.#left <= 0) this.exhausted = true;
    return batch;
  }
}

/** Documents that are there already, batch by batch. */
export class ListSource implements Source {
  readonly #documents: readonly Buffer[];
  #place = 0;

  constructor(documents: readonly Buffer[]) {
    this.#documents = documents;
  }

  get exhausted(): boolean {
    return this.#place >= this.#documents.length;
  }

  // biome-ignore lint/correctness/useYield: a list is always at hand; the interface is that of work.
  *pull(count: number, bytes: number): Work<Buffer[]> {
    const batch: Buffer[] = [];
    let size = 0;
    while (batch.length < count && this.#place < this.#documents.length) {
      const next = this.#documents[this.#place] as Buffer;
      if (batch.length > 0 && size + next.length > bytes) break;
      batch.push(next);
      size += next.length;
      this.#place += 1;
    }
    return batch;
  }
}
