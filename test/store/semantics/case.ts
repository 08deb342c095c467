import type { CreateIndexesOptions, Document, IndexSpecification } from 'mongodb';

/** One thing to do with a collection. Everything here is what the driver would send. */
export type Run =
  /** The `_id`s of the documents that a filter finds, sorted unless a sort is given. */
  | { ids: Document; sort?: Document; skip?: number; limit?: number }
  | { find: Document; projection?: Document; sort?: Document; skip?: number; limit?: number }
  | { insert: Document[]; ordered?: boolean }
  | { update: Document; with: Document; many?: boolean; upsert?: boolean }
  | { replace: Document; with: Document; upsert?: boolean }
  | { delete: Document; many?: boolean }
  | { modify: Document; with: Document; sort?: Document; upsert?: boolean; returns?: 'before' | 'after' }
  | { remove: Document; sort?: Document }
  | { aggregate: Document[] }
  | { distinct: string; filter?: Document }
  | { count: Document; skip?: number; limit?: number }
  | { createIndex: Document; options?: CreateIndexesOptions }
  | { indexes: true }
  /** A command on the database, in which `$things` stands for the name of the collection. */
  | { command: Document; show: string[] };

/** How one server's answer differs from MongoDB's: it gives something else, or refuses and names what it refuses. */
export type Difference = { why: string; gives: unknown } | { refuses: string };

/** A question to a store and MongoDB's answer. */
export interface Case {
  name: string;
  documents?: Document[];
  indexes?: { key: IndexSpecification; unique?: boolean }[];
  run: Run;
  /** What comes back; for writes also `after`, the documents by `_id`. An error is `{ error: code, … }`. */
  expected: unknown;
  embedded?: Difference;
  ferretdb?: Difference;
}

export interface Subject {
  subject: string;
  cases: Case[];
}
