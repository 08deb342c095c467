import { attack, type Pinned, type PublishedRow } from './attacker.ts';

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

/** Additions of fewer than five answers that follow from two releases: the attacker's equations, for what was added. */
export async function smallChanges(before: PublishedRow[], after: PublishedRow[]): Promise<Pinned[]> {
  const changes = await attack(differences(before, after), { bins: [{ key: 'n' }], bands: { n: ['n'] } });
  return changes.filter(({ value }) => value > 0.5 && value < 4.5);
}

/** What was added to each row since the release before; hidden when the row is hidden in either. What was shown stays. */
function differences(before: PublishedRow[], after: PublishedRow[]): PublishedRow[] {
  const idOf = ({ keys, months }: PublishedRow) => JSON.stringify([keys, months]);
  const known = new Map(before.map((row) => [idOf(row), row.figures]));
  return after.map(({ keys, months, figures }) => {
    const earlier = known.get(idOf({ keys, months }));
    if (!earlier) return { keys, months };
    if (!figures) throw new Error(`shown before, and hidden now: ${idOf({ keys, months })}`);
    const responses = figures.responses - earlier.responses;
    if (responses > 0 && responses < 5) throw new Error(`moved by ${responses}: ${idOf({ keys, months })}`);
    return { keys, months, figures: { responses, distribution: { n: responses } } };
  });
}
