import { eachElement, readDocument } from './bson/read.ts';
import { type Document, fieldOf, isDocument, numberOf, setField, type Value } from './bson/values.ts';
import { joinElements, writeDocument } from './bson/write.ts';
import { notOffered, StoreError } from './errors.ts';

type Tree = Map<string, Tree | true>;

/** A compiled projection of documents, decoded or as bytes. */
export interface Projection {
  document(document: Document): Document;
  bytes(raw: Buffer): Buffer;
}

function insertPath(tree: Tree, path: string): void {
  const parts = path.split('.');
  if (parts.includes(''))
    throw new StoreError('Location40156', 'FieldPath field names may not be empty strings.');
  if (parts.some((part) => part.startsWith('$'))) throw notOffered(`the projection '${path}'`);
  let node = tree;
  parts.forEach((part, i) => {
    const child = node.get(part);
    const isLast = i === parts.length - 1;
    if (child === true || (isLast && child !== undefined)) {
      throw new StoreError('Location31250', `Path collision at ${path}`);
    }
    if (isLast) node.set(part, true);
    else {
      const next = child ?? new Map();
      node.set(part, next);
      node = next;
    }
  });
}

function isIncluded(path: string, value: Value): boolean {
  if (typeof value === 'boolean') return value;
  const number = numberOf(value);
  if (number !== undefined) return Number(number) !== 0;
  if (isDocument(value)) throw notOffered(`the projection ${Object.keys(value)[0] ?? '{}'} of '${path}'`);
  throw notOffered(`the computed projection of '${path}'`);
}

/** Flattens nested projections `{a: {b: 1}}` to paths `a.b`. */
function pathsOf(projection: Document, prefix = ''): [string, Value][] {
  return Object.entries(projection).flatMap(([name, value]): [string, Value][] => {
    const nested =
      isDocument(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]?.startsWith('$');
    return nested ? pathsOf(value, `${prefix}${name}.`) : [[prefix + name, value]];
  });
}

function keep(value: Value, tree: Tree | true, include: boolean): Value | undefined {
  if (tree === true) return include ? value : undefined;
  if (Array.isArray(value)) {
    const list: Value[] = [];
    for (const element of value) {
      const kept = keep(element, tree, include);
      if (kept !== undefined) list.push(kept);
    }
    return list;
  }
  if (isDocument(value)) return project(value, tree, include);
  return include ? undefined : value;
}

function project(document: Document, tree: Tree, include: boolean): Document {
  const result: Document = {};
  for (const name of Object.keys(document)) {
    const node = tree.get(name);
    const value = fieldOf(document, name) as Value;
    if (node === undefined) {
      if (!include) setField(result, name, value);
      continue;
    }
    const kept = keep(value, node, include);
    if (kept !== undefined) setField(result, name, kept);
  }
  return result;
}

/** Compiles an inclusion or an exclusion. Returns undefined for an empty one. Throws when it is neither. */
export function compileProjection(projection: Document): Projection | undefined {
  const tree: Tree = new Map();
  let include: boolean | undefined;
  let withId: boolean | undefined;
  for (const [path, value] of pathsOf(projection)) {
    const included = isIncluded(path, value);
    if (path === '_id') {
      withId = included;
      continue;
    }
    if (include !== undefined && include !== included) {
      throw new StoreError(
        included ? 'Location31253' : 'Location31254',
        `Cannot do ${included ? 'inclusion' : 'exclusion'} on field ${path} in ${included ? 'exclusion' : 'inclusion'} projection`,
      );
    }
    include = included;
    insertPath(tree, path);
  }
  if (include === undefined && withId === undefined) return undefined;
  const including = include ?? withId === true;
  if (including ? withId !== false : withId === false) tree.set('_id', true);
  const topLevelOnly = [...tree.values()].every((node) => node === true);
  const document = (whole: Document): Document => project(whole, tree, including);
  return {
    document,
    bytes: topLevelOnly
      ? (raw) => keepElements(raw, tree, including)
      : (raw) => writeDocument(document(readDocument(raw))),
  };
}

function keepElements(raw: Buffer, tree: Tree, include: boolean): Buffer {
  const elements: Buffer[] = [];
  eachElement(raw, (name, _type, start, _valueStart, valueEnd) => {
    if (tree.has(name) === include) elements.push(raw.subarray(start, valueEnd));
  });
  return joinElements(elements);
}
