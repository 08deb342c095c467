import type { Subject } from './case.ts';
import { doneWithout } from './done-without.ts';
import { equality, logic, nulls, paths, ranges } from './filters.ts';
import { indexing, uniqueness } from './indexes.ts';
import { aggregation, projections, sorting } from './reading.ts';
import { refusals } from './refusals.ts';
import { arrays, counting, setting, whole } from './updates.ts';
import { upserts, writing } from './upserts.ts';

/** Everything that is asked of every store. */
export const subjects: readonly Subject[] = [
  ...[equality, ranges, logic, paths, nulls],
  ...[setting, counting, arrays, whole, upserts, writing],
  ...[sorting, projections, aggregation, indexing, uniqueness],
  ...[doneWithout, refusals],
];
