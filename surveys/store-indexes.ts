import type { IndexDefinition, IndexOptions } from 'mongoose';

/** Options that change nothing about what an index holds. */
const harmless = new Set(['background', 'name', 'unique', 'v']);

/**
 * Why an index can't be kept in every store there is a choice of: the embedded one, FerretDB 1.24 and MongoDB.
 * An index that one of them refuses, or takes and leaves without effect (a TTL index expires nothing on FerretDB),
 * would make data depend on the server behind it.
 * @returns undefined for an index that all of them serve
 */
export function indexFault(key: IndexDefinition, options: IndexOptions): string | undefined {
  const fields = Object.entries(key);
  if (fields.length === 0) return 'it has no fields';
  for (const [field, direction] of fields) {
    if (field.includes('$')) return `${field} is a wildcard`;
    if (field.split('.').includes('')) return `"${field}" is not the name of a field`;
    if (direction !== 1 && direction !== -1) return `${field} is of the type "${direction}"`;
  }
  const [option] = Object.entries(options).find(([name, value]) => has(value) && !harmless.has(name)) ?? [];
  return option && `not every store serves the option "${option}"`;
}

/** `false` and nothing at all are how an option is left out. */
function has(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}

/** An index as `listIndexes` tells it. */
export interface StoredIndex {
  name: string;
  key: Record<string, unknown>;
  [option: string]: unknown;
}

/**
 * Why an index can't stand beside those that the collection has: one of the same fields has other options, or one of
 * the same name has other fields.
 * @returns undefined when it is there already, or can be made
 */
export function conflictWith(
  stored: readonly StoredIndex[],
  key: IndexDefinition,
  options: IndexOptions,
): string | undefined {
  const fields = fieldsOf(key);
  const name = options.name ?? Object.entries(key).flat().join('_');
  for (const index of stored) {
    if (fieldsOf(index.key) !== fields) {
      if (index.name === name) return `the collection has another index of the name ${name}`;
      continue;
    }
    if (index.name !== name) return `the collection has it under the name ${index.name}`;
    const { name: _name, key: _key, v: _v, ns: _ns, ...others } = index;
    if (has(others.unique) !== has(options.unique))
      return `the collection has it ${has(others.unique) ? 'as unique' : 'not as unique'}`;
    const [option] = Object.entries(others).find(([each, value]) => has(value) && !harmless.has(each)) ?? [];
    if (option) return `the collection has it with the option "${option}"`;
  }
  return undefined;
}

/** Whether the collection has an index of these fields; that nothing stands in its way was seen before. */
export function isStored(stored: readonly StoredIndex[], key: IndexDefinition): boolean {
  return stored.some((index) => fieldsOf(index.key) === fieldsOf(key));
}

/** Their order counts; whether a direction is an int or a double does not. */
function fieldsOf(key: object): string {
  return JSON.stringify(Object.entries(key).map(([field, direction]) => [field, Number(direction)]));
}
