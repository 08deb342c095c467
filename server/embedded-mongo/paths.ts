import { type Document, fieldOf, isDocument, type Value } from './bson.ts';

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
  const element = isArrayIndex(part) ? value[Number(part)] : undefined;
  if (element !== undefined && someValueAt(element, path, found, from + 1)) return true;
  return value.some((each) => isDocument(each) && someValueAt(each, path, found, from));
}

/** All values a dotted path leads to, as `someValueAt` finds them. */
export function valuesAt(document: Document, path: string): (Value | undefined)[] {
  const values: (Value | undefined)[] = [];
  someValueAt(document, path.split('.'), (value) => values.push(value) === 0);
  return values;
}
