import type { Db } from 'mongodb';

/** What killed writers were acknowledged, and whether a store still has it. */
export interface Ledger {
  /** One line that a writer printed: what was acknowledged (or is about to be deleted), and of which document. */
  add(line: string): void;
  /** How many writes were acknowledged. */
  size(): number;
  /** What is not as it was acknowledged, one line each. `unanswered`: how many writes may have happened unanswered. */
  faults(db: Db, unanswered: number): Promise<string[]>;
}

export function openLedger(): Ledger {
  let size = 0;
  const versions = new Map<string, number>();
  const deleted = new Set<string>();
  /** Whether a delete that was not answered was done is unknown. */
  const deleting = new Set<string>();
  const owners = new Map<string, string>();
  const counts = new Map<string, number>();
  const entries: Record<string, (id: string, more: string) => void> = {
    inserted: (id) => versions.set(id, 0),
    changed: (id) => versions.set(id, (versions.get(id) ?? 0) + 1),
    deleting: (id) => deleting.add(id),
    deleted: (id) => {
      versions.delete(id);
      deleted.add(id);
    },
    claimed: (key, owner) => owners.set(key, owner),
    counted: (counter) => counts.set(counter, (counts.get(counter) ?? 0) + 1),
  };

  async function keptFaults(db: Db): Promise<string[]> {
    const stored = new Map<string, number>();
    for await (const { _id, v, tags } of db.collection<Kept>('kept').find()) {
      stored.set(_id, v);
      // A change is whole or not at all: the version and the list grow together.
      if (tags.length !== 2 + v) return [`${_id} was changed by half`];
    }
    return [
      ...[...versions].flatMap(([id, version]) => {
        const found = stored.get(id);
        if (found === undefined) return deleting.has(id) ? [] : [`${id} was inserted and is lost`];
        return found < version ? [`${id} was changed ${version} times and shows ${found}`] : [];
      }),
      ...[...deleted].filter((id) => stored.has(id)).map((id) => `${id} was deleted and is back`),
    ];
  }

  async function claimFaults(db: Db): Promise<string[]> {
    const stored = await db.collection<{ key: string; owner: string }>('claims').find().toArray();
    const holders = new Map(stored.map(({ key, owner }) => [key, owner]));
    return [
      ...(holders.size < stored.length ? ['a key was claimed twice'] : []),
      ...[...owners]
        .filter(([key, owner]) => holders.get(key) !== owner)
        .map(([key, owner]) => `${key} was claimed by ${owner} and is ${holders.get(key) ?? 'lost'}`),
    ];
  }

  async function counterFaults(db: Db, unanswered: number): Promise<string[]> {
    const stored = await db.collection<{ _id: string; n: number }>('counters').find().toArray();
    const found = new Map(stored.map(({ _id, n }) => [_id, n]));
    const lost = [...counts].filter(([counter, n]) => (found.get(counter) ?? 0) < n);
    const surplus =
      stored.reduce((sum, { n }) => sum + n, 0) - [...counts.values()].reduce((sum, n) => sum + n, 0);
    return [
      ...lost.map(([counter, n]) => `${counter} was counted to ${n} and shows ${found.get(counter)}`),
      ...(surplus > unanswered ? [`${surplus} were counted without being asked`] : []),
    ];
  }

  return {
    add(line) {
      const [what = '', id = '', more = ''] = line.split(' ');
      entries[what]?.(id, more);
      if (what !== 'deleting') size += 1;
    },
    size: () => size,
    faults: async (db, unanswered) => [
      ...(await keptFaults(db)),
      ...(await claimFaults(db)),
      ...(await counterFaults(db, unanswered)),
    ],
  };
}

interface Kept {
  _id: string;
  v: number;
  tags: string[];
}
