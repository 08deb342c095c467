import { insertNew } from '../bulk-writes.ts';
import type { Context } from '../context.ts';
import { whenStoreChanges } from '../store.ts';
import { defaultChannels } from './default-channels.ts';
import { type DirectoryKind, DirectoryModel, idOf, type ListedEntry } from './directory-model.ts';

/** Which keys this process has already noted: once known, a key costs an import nothing. */
let noted = new WeakMap<Context, Set<string>>();
whenStoreChanges(() => {
  noted = new WeakMap();
});

/** Makes sure that each key has an entry; unknown ones are listed as new, named after their key. */
export async function noteKeys(ctx: Context, keys: Iterable<{ kind: DirectoryKind; key: string }>) {
  const known = noted.get(ctx) ?? new Set<string>();
  noted.set(ctx, known);
  const fresh = new Map<string, { kind: DirectoryKind; key: string }>();
  for (const { kind, key } of keys) {
    const id = idOf(kind, key);
    if (!known.has(id) && !(kind === 'channel' && defaultChannels.has(key))) fresh.set(id, { kind, key });
  }
  if (fresh.size === 0) return;
  await insertNew(
    DirectoryModel,
    [...fresh].map(([_id, { kind, key }]) => ({ _id, kind, key, names: { nl: nameOf(key) }, isNew: true })),
  );
  for (const id of fresh.keys()) known.add(id);
}

/** All entries of a kind: the default channels first and in their order, then by key. */
export async function listEntries(kind: DirectoryKind): Promise<ListedEntry[]> {
  const stored = await DirectoryModel.find({ kind }).sort({ key: 1 }).lean();
  const byKey = new Map<string, ListedEntry>();
  if (kind === 'channel') {
    for (const [key, names] of defaultChannels) byKey.set(key, { key, names, isNew: false });
  }
  for (const { key, names, parent, email, isNew } of stored) {
    byKey.set(key, { key, names, ...(parent && { parent }), ...(email && { email }), isNew });
  }
  return [...byKey.values()];
}

/** The display name of each listed key, in Dutch where it has none in this language. */
export async function displayNames(kind: DirectoryKind, locale: string): Promise<Map<string, string>> {
  const entries = await listEntries(kind);
  return new Map(entries.map(({ key, names }) => [key, locale === 'en' ? (names.en ?? names.nl) : names.nl]));
}

function nameOf(key: string): string {
  const words = key.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
