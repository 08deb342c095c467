import schema from '../../schemas/directory-entry.schema.json' with { type: 'json' };
import type { DirectoryEntry } from '../../schemas/generated/directory-entry.ts';
import { type Fault, type Validation, validator } from '../../schemas/validate.ts';
import { problem } from '../problems.ts';
import { listEntries } from './directory.ts';
import { type DirectoryKind, DirectoryModel, idOf, type ListedEntry } from './directory-model.ts';

const checkShape = validator<DirectoryEntry>(schema);
const keyPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Each key of a kind with its parent's key. */
export type Parents = Map<string, string | undefined>;

/**
 * Checks and keeps one entry, in place of the former one of that key; it is no longer new.
 * @throws Problem `invalidBody` with all faults, also for a parent that is unknown or would make a circle.
 */
export async function putEntry(kind: DirectoryKind, key: string, value: unknown): Promise<ListedEntry> {
  const checked = checkEntry(kind, key, value, await parentsOf(kind));
  if (!checked.ok) throw problem('invalidBody', { faults: checked.faults });
  const entry = { key, ...checked.value, isNew: false };
  await replaceEntries([{ kind, entry }]);
  return entry;
}

export async function parentsOf(kind: DirectoryKind): Promise<Parents> {
  return new Map((await listEntries(kind)).map(({ key, parent }) => [key, parent]));
}

/** Checks an entry by itself and against the entries that are there. */
export function checkEntry(
  kind: DirectoryKind,
  key: string,
  value: unknown,
  parents: Parents,
): Validation<DirectoryEntry> {
  const shape = checkShape(value);
  const faults = shape.ok
    ? [...parentFaults(kind, key, shape.value.parent, parents), ...emailFaults(kind, shape.value)]
    : shape.faults;
  if (!isKey(key)) faults.unshift({ pointer: '/key', code: 'key', detail: 'must be a kebab-case key' });
  return shape.ok && faults.length === 0 ? shape : { ok: false, faults };
}

/** Keeps entries in place of the former ones of their keys; of two with one key the later one stays. */
export async function replaceEntries(
  entries: readonly { kind: DirectoryKind; entry: ListedEntry }[],
): Promise<void> {
  for (const { kind, entry } of entries) {
    const _id = idOf(kind, entry.key);
    await DirectoryModel.replaceOne({ _id }, { _id, kind, ...entry }, { upsert: true });
  }
}

function parentFaults(
  kind: DirectoryKind,
  key: string,
  parent: string | undefined,
  parents: Parents,
): Fault[] {
  if (parent === undefined) return [];
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

function emailFaults(kind: DirectoryKind, { email }: DirectoryEntry): Fault[] {
  if (email === undefined || kind === 'department') return [];
  return [{ pointer: '/email', code: 'email', detail: 'only a department has an address' }];
}

function isKey(key: string): boolean {
  return key.length <= 64 && keyPattern.test(key);
}
