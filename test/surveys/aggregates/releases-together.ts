import { attack, type Pinned, type PublishedRow, type Scale } from './attacker.ts';

/**
 * All releases as one: the answers of the first, and those that each later one added, are parts of what it counts. None
 * of them is negative, since nobody takes back an answer in these towns.
 */
function succession(releases: PublishedRow[][]): PublishedRow[] {
  return releases.flatMap((rows, last) =>
    rows.map((row) => ({
      ...row,
      months: row.months.flatMap((month) =>
        releases.slice(0, last + 1).map((_, part) => `${month} ${part + 1}`),
      ),
    })),
  );
}

/** What follows from all releases together, and is in none of them for all to read. */
export async function followed(releases: PublishedRow[][], scale: Scale, seed?: number): Promise<Pinned[]> {
  const found = await attack(succession(releases), scale, seed);
  return found.filter((pinned) => !releases.some((rows) => isPublished(pinned, rows)));
}

/** Whether another release shows the same number in the same row. */
function isPublished({ row, quantity, value }: Pinned, rows: PublishedRow[]): boolean {
  const months = [...new Set(row.months.map((month) => month.split(' ')[0]!))];
  const id = idOf({ keys: row.keys, months });
  return rows.some((one) => {
    const figure = quantity === 'responses' ? one.figures?.responses : one.figures?.distribution[quantity];
    return figure !== undefined && Math.abs(figure - value) < 0.5 && idOf(one) === id;
  });
}

function idOf({ keys, months }: Pick<PublishedRow, 'keys' | 'months'>): string {
  return JSON.stringify([Object.entries(keys).sort(), months]);
}

/**
 * Additions of fewer than five answers that follow from two releases: by the attacker's equations, for what was added to
 * each row, and by taking the rows that are shown off their total.
 */
export async function smallChanges(before: PublishedRow[], after: PublishedRow[]): Promise<Pinned[]> {
  const added = differences(before, after);
  const changes = await attack(added, { bins: [{ key: 'n' }], bands: { n: ['n'] } });
  return [...changes, ...restsOf(added)].filter(({ value }) => value > 0.5 && value < 4.5);
}

/** What was added to each row since the release before; hidden when the row is hidden in either. What was shown stays. */
function differences(before: PublishedRow[], after: PublishedRow[]): PublishedRow[] {
  const known = new Map(before.map((row) => [idOf(row), row.figures]));
  return after.map(({ keys, months, figures }) => {
    const earlier = known.get(idOf({ keys, months }));
    if (!earlier) return { keys, months };
    if (!figures) throw new Error(`shown before, and hidden now: ${idOf({ keys, months })}`);
    const responses = figures.responses - earlier.responses;
    const moved = JSON.stringify(figures) !== JSON.stringify(earlier);
    if (moved && responses < 5) throw new Error(`moved by ${responses}: ${idOf({ keys, months })}`);
    return { keys, months, figures: { responses, distribution: { n: responses } } };
  });
}

/** What was added to the hidden rows of each total that is shown, over each dimension. */
function restsOf(added: PublishedRow[]): Pinned[] {
  const rests = new Map<string, Pinned>();
  // A quarter and the year may be the same months, where the year begins in its last quarter: one row then, not two.
  const totals = new Map(added.map((row) => [idOf(row), row]));
  const parts = [...totals.values()].flatMap((row) =>
    Object.keys(row.keys).map((dimension) => {
      const { [dimension]: _, ...keys } = row.keys;
      return { row, dimension, total: idOf({ keys, months: row.months }) };
    }),
  );
  for (const { row, dimension, total: id } of parts) {
    const total = totals.get(id);
    if (!total?.figures) continue;
    const quantity = `the hidden ones by ${dimension}`;
    const rest = rests.get(`${id} ${dimension}`) ?? { row: total, quantity, value: total.figures.responses };
    rest.value -= row.figures?.responses ?? 0;
    rests.set(`${id} ${dimension}`, rest);
  }
  return [...rests.values()];
}
