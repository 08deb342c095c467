import { type Document, fieldOf, isDocument, numberOf, setField, type Value } from './bson.ts';
import { fail, notOffered } from './errors.ts';

type Tree = Map<string, Tree | true>;

/** A compiled projection; the top-level fields it needs are undefined when it needs all. */
export interface Projection {
  fields: ReadonlySet<string> | undefined;
  apply(document: Document): Document;
}

function insertPath(tree: Tree, path: string): void {
  const parts = path.split('.');
  if (parts.includes('')) fail('Location40156', `the path '${path}' has an empty part`);
  if (parts.some((part) => part.startsWith('$'))) notOffered(`the projection '${path}'`);
  let node = tree;
  for (const [i, part] of parts.entries()) {
    const isLast = i === parts.length - 1;
    const child = node.get(part);
    if (child === true) fail('Location31249', `Path collision at ${path}`);
    if (isLast && child) fail('Location31250', `Path collision at ${path}`);
    const next: Tree = child ?? new Map();
    node.set(part, isLast || next);
    node = next;
  }
}

function isIncluded(path: string, value: Value): boolean {
  if (typeof value === 'boolean') return value;
  const number = numberOf(value);
  return number === undefined ? notOffered(`the computed projection of '${path}'`) : Number(number) !== 0;
}

/** Flattens nested projections `{a: {b: 1}}` to paths `a.b`. */
function pathsOf(projection: Document, prefix = ''): [string, Value][] {
  return Object.entries(projection).flatMap(([name, value]) =>
    isDocument(value) && !Object.keys(value)[0]?.startsWith('$')
      ? pathsOf(value, `${prefix}${name}.`)
      : [[prefix + name, value] as [string, Value]],
  );
}

/** What is left of a value below a node of the tree; undefined when nothing is. */
function keep(value: Value, tree: Tree | true, include: boolean): Value | undefined {
  if (tree === true) return include ? value : undefined;
  if (Array.isArray(value))
    return value.map((each) => keep(each, tree, include)).filter((each) => each !== undefined);
  if (!isDocument(value)) return include ? undefined : value;
  const result: Document = {};
  for (const name of Object.keys(value)) {
    const node = tree.get(name);
    const child = fieldOf(value, name) as Value;
    const kept = node ? keep(child, node, include) : include ? undefined : child;
    if (kept !== undefined) setField(result, name, kept);
  }
  return result;
}

/** Compiles an inclusion or an exclusion. Returns undefined for an empty one. Throws when it is neither. */
export function compileProjection(projection: Document): Projection | undefined {
  const { _id, ...rest } = projection;
  const withId = _id === undefined ? undefined : isIncluded('_id', _id);
  const tree: Tree = new Map();
  let include: boolean | undefined;
  for (const [path, value] of pathsOf(rest)) {
    const included = isIncluded(path, value);
    if ((include ?? included) !== included) {
      const [kind, other] = included ? ['inclusion', 'exclusion'] : ['exclusion', 'inclusion'];
      fail(
        included ? 'Location31253' : 'Location31254',
        `Cannot do ${kind} on field ${path} in ${other} projection`,
      );
    }
    include = included;
    insertPath(tree, path);
  }
  if (include === undefined && withId === undefined) return undefined;
  const including = include ?? withId === true;
  if (including ? withId !== false : withId === false) tree.set('_id', true);
  return {
    fields: including ? new Set(tree.keys()) : undefined,
    apply: (document) => keep(document, tree, including) as Document,
  };
}
