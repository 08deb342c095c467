import { type Document, fieldOf, isDocument, type Value } from './bson/values.ts';

const arrayIndex = /^(0|[1-9]\d{0,8})$/;

/** Whether a part of a path can be a place in an array. */
export function isArrayIndex(part: string): boolean {
  return arrayIndex.test(part);
}

/**
 * Calls `found` for each value a dotted path leads to, going through arrays as MongoDB does: into the documents of an
 * array, and by number to one element. `undefined` stands for a document without the field; an array without
 * documents gives nothing. Stops, and returns true, as soon as `found` returns true.
 */
export function someValueAt(
  value: Value | undefined,
  path: readonly string[],
  found: (value: Value | undefined) => boolean,
  from = 0,
): boolean {
  if (from === path.length) return found(value);
  const part = path[from] as string;
  if (isDocument(value)) return someValueAt(fieldOf(value, part), path, found, from + 1);
  if (!Array.isArray(value)) return found(undefined);
  if (isArrayIndex(part)) {
    const element = value[Number(part)];
    if (element !== undefined && someValueAt(element, path, found, from + 1)) return true;
  }
  return value.some((element) => isDocument(element) && someValueAt(element, path, found, from));
}

/** All values a dotted path leads to, as `someValueAt` finds them. */
export function valuesAt(document: Document, path: readonly string[]): (Value | undefined)[] {
  const values: (Value | undefined)[] = [];
  someValueAt(document, path, (value) => {
    values.push(value);
    return false;
  });
  return values;
}
