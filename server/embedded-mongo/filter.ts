import { type Document, isDocument, numberOf, ownOf, type Value } from './bson.ts';
import { fail } from './errors.ts';
import { compareValues, firstPart, identity, rank, rankOf, someValueAt } from './values.ts';

/** A condition on one path that every matching document meets: the planner looks for an index that serves it. */
export interface Bound {
  path: string;
  operator: string;
  operand: Value;
}

type Predicate = (document: Document) => boolean;

export interface Filter {
  matches: Predicate;
  /** The top-level fields the filter looks at. */
  fields: Set<string>;
  bounds: Bound[];
}

type Test = (value: Value | undefined) => boolean;

/** A test of the value at a path, which an element of an array meets for it unless the `whole` value must. */
interface Condition {
  test: Test;
  negated?: boolean;
  whole?: boolean;
}

const bad = (message: string): never => fail('BadValue', message);

export function isOperatorDocument(value: Value | undefined): value is Document {
  return isDocument(value) && (Object.keys(value)[0]?.startsWith('$') ?? false);
}

/** Comparisons look at values of the operand's own type only; NaN is equal to itself and to nothing else. */
function compares(operand: Value, holds: (order: number) => boolean): Test {
  const kind = rankOf(operand);
  const wantsNaN = Number.isNaN(numberOf(operand));
  return (value) =>
    rankOf(value) === kind &&
    (kind !== rank.number || Number.isNaN(numberOf(value)) === wantsNaN) &&
    holds(value === operand ? 0 : compareValues(value, operand));
}

function isIn(operand: Value): Test {
  if (!Array.isArray(operand)) return bad('$in needs an array');
  if (operand.some(isOperatorDocument)) bad('cannot nest $ under $in');
  const wanted = new Set(operand.map(identity));
  return (value) => wanted.has(identity(value));
}

const isFalse = (operand: Value): boolean => operand === false || operand === null || numberOf(operand) === 0;

/** Every operator on a path there is. */
const operators: Record<string, (operand: Value) => Condition> = {
  $eq: (operand) => ({ test: compares(operand, (order) => order === 0) }),
  $ne: (operand) => ({ test: compares(operand, (order) => order === 0), negated: true }),
  $gt: (operand) => ({ test: compares(operand, (order) => order > 0) }),
  $gte: (operand) => ({ test: compares(operand, (order) => order >= 0) }),
  $lt: (operand) => ({ test: compares(operand, (order) => order < 0) }),
  $lte: (operand) => ({ test: compares(operand, (order) => order <= 0) }),
  $in: (operand) => ({ test: isIn(operand) }),
  $exists: (operand) => ({ test: (value) => value !== undefined, whole: true, negated: isFalse(operand) }),
};

const every = (tests: Predicate[]): Predicate =>
  tests.length === 1 && tests[0] ? tests[0] : (document) => tests.every((test) => test(document));

function compilePath(path: string, condition: Value, into: Filter): Predicate {
  const parts = path.split('.');
  into.fields.add(firstPart(path));
  const conditions = Object.entries(isOperatorDocument(condition) ? condition : { $eq: condition });
  const tests = conditions.map(([operator, operand]): Predicate => {
    const compiled = ownOf(operators, operator)?.(operand) ?? bad(`unknown operator: ${operator}`);
    const { test, whole = false, negated = false } = compiled;
    into.bounds.push({ path, operator, operand });
    const found: Test = whole ? test : (value) => test(value) || (Array.isArray(value) && value.some(test));
    return (document) => someValueAt(document, parts, found) !== negated;
  });
  return every(tests);
}

function compileLogical(operator: string, operand: Value, into: Filter): Predicate {
  if (operator !== '$and' && operator !== '$or') return bad(`unknown top level operator: ${operator}`);
  if (!Array.isArray(operand) || operand.length === 0) return bad(`${operator} must be a nonempty array`);
  const inner = operator === '$and' ? into : { ...into, bounds: [] };
  const clauses = operand.map((clause) =>
    isDocument(clause) ? compileAll(clause, inner) : bad(`${operator} entries need to be full objects`),
  );
  return operator === '$and' ? every(clauses) : (document) => clauses.some((clause) => clause(document));
}

function compileAll(filter: Document, into: Filter): Predicate {
  const compile = ([name, condition]: [string, Value]) =>
    (name.startsWith('$') ? compileLogical : compilePath)(name, condition, into);
  return every(Object.entries(filter).map(compile));
}

/** Compiles a filter. Throws a StoreError that names whatever is not a filter of the subset. */
export function compileFilter(filter: Document): Filter {
  const compiled: Filter = { matches: () => true, fields: new Set(), bounds: [] };
  compiled.matches = compileAll(filter, compiled);
  return compiled;
}
