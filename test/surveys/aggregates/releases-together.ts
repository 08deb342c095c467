import type { Pinned, PublishedRow } from './attacker.ts';

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

/** Whether what was found of an earlier release is in the later one for all to read: its row was hidden then and is not now. */
export function isPublished({ row, quantity, value }: Pinned, after: PublishedRow[]): boolean {
  const { when: _, ...keys } = row.keys;
  const now = after.find((one) => place(one) === place({ ...row, keys }))?.figures;
  const figure = quantity === 'responses' ? now?.responses : now?.distribution[quantity];
  return figure !== undefined && Math.abs(figure - value) < 0.5;
}

function place({ keys, months }: PublishedRow): string {
  return JSON.stringify([Object.entries(keys).sort(), months]);
}
