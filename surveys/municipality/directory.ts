import mongoose from 'mongoose';
import schema from '../../schemas/directory-entry.schema.json' with { type: 'json' };
import type { DirectoryEntry } from '../../schemas/generated/directory-entry.ts';
import { type Fault, validator } from '../../schemas/validate.ts';
import type { Context } from '../context.ts';
import { problem } from '../problems.ts';
import { defaultChannels } from './default-channels.ts';

export const directoryKinds = ['department', 'channel', 'product'] as const;
export type DirectoryKind = (typeof directoryKinds)[number];
export type Locale = 'nl' | 'en';

/** An entry as it is listed; `isNew` when it arrived with a contact and nobody has named it yet. */
export interface ListedEntry extends DirectoryEntry {
  key: string;
  isNew: boolean;
}

interface StoredEntry extends ListedEntry {
  _id: string;
  kind: DirectoryKind;
}

const directorySchema = new mongoose.Schema<StoredEntry>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true, enum: directoryKinds },
    key: { type: String, required: true },
    names: new mongoose.Schema({ nl: { type: String, required: true }, en: String }, { _id: false }),
    parent: String,
    isNew: { type: Boolean, required: true },
  },
  {
    strict: 'throw',
    versionKey: false,
    autoIndex: false,
    autoCreate: false,
    suppressReservedKeysWarning: true,
  },
);
directorySchema.index({ kind: 1, key: 1 });

const DirectoryModel = mongoose.model('DirectoryEntry', directorySchema, 'directory');

const check = validator<DirectoryEntry>(schema);
const keyPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Which keys this process has already noted: once known, a key costs an import nothing. */
const noted = new WeakMap<Context, Set<string>>();

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
  await DirectoryModel.bulkWrite(
    [...fresh].map(([_id, { kind, key }]) => ({
      updateOne: {
        filter: { _id },
        update: { $setOnInsert: { kind, key, names: { nl: nameOf(key) }, isNew: true } },
        upsert: true,
      },
    })),
    { ordered: false },
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
  for (const { key, names, parent, isNew } of stored) {
    byKey.set(key, { key, names, ...(parent && { parent }), isNew });
  }
  return [...byKey.values()];
}

/** The display name of each listed key. A name without English is shown in Dutch. */
export async function displayNames(kind: DirectoryKind, locale: Locale): Promise<Map<string, string>> {
  const entries = await listEntries(kind);
  return new Map(entries.map(({ key, names }) => [key, names[locale] ?? names.nl]));
}

/**
 * Checks and keeps one entry, in place of the former one of that key; it is no longer new.
 * @throws Problem `invalidBody` with all faults, also for a parent that is unknown or would make a circle.
 */
export async function putEntry(kind: DirectoryKind, key: string, value: unknown): Promise<ListedEntry> {
  const checked = check(value);
  const faults = checked.ok ? await parentFaults(kind, key, checked.value.parent) : checked.faults;
  if (!isKey(key)) faults.unshift({ pointer: '', code: 'key', detail: `"${key}" is not a kebab-case key` });
  if (!checked.ok || faults.length > 0) throw problem('invalidBody', { faults });
  const entry = { key, ...checked.value, isNew: false };
  await DirectoryModel.replaceOne({ _id: idOf(kind, key) }, { kind, ...entry }, { upsert: true });
  return entry;
}

async function parentFaults(kind: DirectoryKind, key: string, parent: string | undefined): Promise<Fault[]> {
  if (parent === undefined) return [];
  const parents = new Map((await listEntries(kind)).map((entry) => [entry.key, entry.parent]));
  if (!parents.has(parent)) {
    return [{ pointer: '/parent', code: 'parent', detail: `there is no ${kind} "${parent}"` }];
  }
  const below = new Set([key]);
  for (let above: string | undefined = parent; above !== undefined; above = parents.get(above)) {
    if (below.has(above)) {
      return [{ pointer: '/parent', code: 'circle', detail: `"${parent}" is itself part of "${key}"` }];
    }
    below.add(above);
  }
  return [];
}

function isKey(key: string): boolean {
  return key.length <= 100 && keyPattern.test(key);
}

function idOf(kind: DirectoryKind, key: string): string {
  return `${kind}:${key}`;
}

function nameOf(key: string): string {
  const words = key.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
