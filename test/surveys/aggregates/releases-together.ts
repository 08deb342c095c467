import type { PublishedRow } from './attacker.ts';

/**
 * Two releases as one: the answers of the first, and those added since, are parts of what the second counts. Both are
 * unknown and neither is negative, since nobody takes back an answer in these towns. The last row makes the added
 * part known to the attacker as a part; how many were added in all is no secret.
 */
export function together(before: PublishedRow[], after: PublishedRow[]): PublishedRow[] {
  const first = before.map((row) => ({ ...row, keys: { ...row.keys, when: 'before' } }));
  const months = [...new Set(after.flatMap((row) => row.months))];
  return [...first, ...after, { keys: { when: 'added' }, months }];
}
