import { BSONRegExp } from 'bson';
import { type Document, integerOf, isDocument, numberOf, type Value } from './bson.ts';
import { fail, notOffered } from './errors.ts';
import { firstPart } from './keys.ts';
import { compareValues, identity, rank, rankOf, someValueAt } from './values.ts';

/** A condition on one path that every matching document meets: the planner looks for an index that serves it. */
export interface Bound {
  path: string;
  operator: string;
  operand: Value;
}

export interface Filter {
  matches(document: Document): boolean;
  /** The top-level fields the filter looks at. */
  fields: ReadonlySet<string>;
  bounds: readonly Bound[];
}

type Test = (value: Value | undefined) => boolean;

/** A test of the value at a path; a deep one is also met by a single element of an array. */
interface Condition {
  test: Test;
  deep: boolean;
}

/** Given the way to ask the path's values, decides whether one of them must meet the condition or none may. */
type PathTest = (ask: (condition: Condition) => boolean) => boolean;

const some =
  (test: Test, deep = true): PathTest =>
  (ask) =>
    ask({ test, deep });
const none =
  (test: Test, deep = true): PathTest =>
  (ask) =>
    !ask({ test, deep });

const bad = (message: string): never => fail('BadValue', message);

export function isOperatorDocument(value: Value | undefined): value is Document {
  return isDocument(value) && (Object.keys(value)[0]?.startsWith('$') ?? false);
}

function equals(operand: Value): Test {
  if (operand instanceof BSONRegExp) return notOffered('a comparison with a regular expression as a value');
  const kind = rankOf(operand);
  return (value) => value === operand || (rankOf(value) === kind && compareValues(value, operand) === 0);
}

/** Comparisons look at values of the operand's own type only; NaN is equal to itself and to nothing else. */
function compares(operand: Value, holds: (order: number) => boolean): Test {
  if (operand instanceof BSONRegExp) return notOffered('a comparison with a regular expression as a value');
  const kind = rankOf(operand);
  const wantsNaN = Number.isNaN(numberOf(operand));
  return (value) => {
    if (rankOf(value) !== kind) return false;
    if (kind === rank.number && Number.isNaN(numberOf(value)) !== wantsNaN) return false;
    return holds(compareValues(value, operand));
  };
}

function isIn(operator: string, operand: Value): Test {
  if (!Array.isArray(operand)) return bad(`${operator} needs an array`);
  if (operand.some(isOperatorDocument)) bad(`cannot nest $ under ${operator}`);
  if (operand.some((each) => each instanceof BSONRegExp)) notOffered(`a regular expression in ${operator}`);
  const wanted = new Set(operand.map(identity));
  return (value) => wanted.has(identity(value));
}

/** JavaScript's syntax and the flags i, m and s are offered. */
function finds(pattern: Value, flags: Value): Test {
  if (pattern instanceof BSONRegExp) return finds(pattern.pattern, pattern.options + flags);
  if (typeof pattern !== 'string' || typeof flags !== 'string') return bad('$regex and $options are strings');
  if (/[^ims]/.test(flags)) bad(`invalid flag in regex options: ${flags}`);
  try {
    const expression = new RegExp(pattern, [...new Set(flags)].join(''));
    return (value) => typeof value === 'string' && expression.test(value);
  } catch (error) {
    return fail('Location51091', `Regular expression is invalid: ${(error as Error).message}`);
  }
}

function sized(operand: Value): Test {
  const size = integerOf(operand) ?? -1;
  if (size < 0) bad('$size needs a whole number that is not negative');
  return (value) => Array.isArray(value) && value.length === size;
}

function elementMatches(operand: Value): Test {
  if (!isDocument(operand)) return bad('$elemMatch needs an Object');
  let meets: Test;
  if (isOperatorDocument(operand) && !((Object.keys(operand)[0] as string) in logical)) {
    const tests = operatorTests(operand);
    meets = (element) => tests.every((test) => test((condition) => condition.test(element)));
  } else {
    const matches = compileAll(operand, { fields: new Set(), bounds: [] });
    // An array in the array is looked into by its places, as if they were field names.
    meets = (element) =>
      isDocument(element)
        ? matches(element)
        : Array.isArray(element) && matches({ ...element } as unknown as Document);
  }
  return (value) => Array.isArray(value) && value.some(meets);
}

function negated(operand: Value): PathTest {
  if (operand instanceof BSONRegExp) return none(finds(operand, ''));
  if (!isDocument(operand) || Object.keys(operand).length === 0)
    return bad('$not needs a regex or a document');
  const tests = operatorTests(operand);
  return (ask) => !tests.every((test) => test(ask));
}

const isTrue = (operand: Value): boolean =>
  !(operand === false || operand === null || numberOf(operand) === 0);

/** Every operator on a path there is; `siblings` is the document it stands in. */
const operators: Record<string, (operand: Value, siblings: Document) => PathTest> = {
  $eq: (operand) => some(equals(operand)),
  $ne: (operand) => none(equals(operand)),
  $gt: (operand) => some(compares(operand, (order) => order > 0)),
  $gte: (operand) => some(compares(operand, (order) => order >= 0)),
  $lt: (operand) => some(compares(operand, (order) => order < 0)),
  $lte: (operand) => some(compares(operand, (order) => order <= 0)),
  $in: (operand) => some(isIn('$in', operand)),
  $nin: (operand) => none(isIn('$nin', operand)),
  $exists: (operand) => (isTrue(operand) ? some : none)((value) => value !== undefined, false),
  $size: (operand) => some(sized(operand), false),
  $regex: (operand, { $options = '' }) => some(finds(operand, $options)),
  $options: (_, { $regex }) => ($regex === undefined ? bad('$options needs a $regex') : () => true),
  $elemMatch: (operand) => some(elementMatches(operand), false),
  $not: negated,
};

function operatorTests(document: Document): PathTest[] {
  return Object.entries(document).map(([operator, operand]) => {
    const compile = operator.startsWith('$') ? operators[operator] : undefined;
    return compile?.(operand, document) ?? bad(`unknown operator: ${operator}`);
  });
}

/** Collects, while a filter is compiled, the fields it looks at and what the planner can use. */
interface Collected {
  fields: Set<string>;
  bounds: Bound[];
}

type Predicate = Filter['matches'];

function compilePath(path: string, condition: Value, into: Collected): Predicate {
  const parts = path.split('.');
  into.fields.add(firstPart(path));
  const short = condition instanceof BSONRegExp ? { $regex: condition } : { $eq: condition };
  const document = isOperatorDocument(condition) ? condition : short;
  const tests = operatorTests(document);
  for (const [operator, operand] of Object.entries(document)) into.bounds.push({ path, operator, operand });
  return (found) =>
    tests.every((test) =>
      test(({ test, deep }) =>
        someValueAt(
          found,
          parts,
          (value) => test(value) || (deep && Array.isArray(value) && value.some(test)),
        ),
      ),
    );
}

/** The operators on whole filters: how many of the clauses must match. */
const logical: Record<string, (clauses: Predicate[]) => Predicate> = {
  $and: (clauses) => (document) => clauses.every((clause) => clause(document)),
  $or: (clauses) => (document) => clauses.some((clause) => clause(document)),
  $nor: (clauses) => (document) => !clauses.some((clause) => clause(document)),
};

function compileLogical(operator: string, operand: Value, into: Collected): Predicate {
  const join = logical[operator];
  if (!join) return bad(`unknown top level operator: ${operator}`);
  if (!Array.isArray(operand) || operand.length === 0) return bad(`${operator} must be a nonempty array`);
  const inner = operator === '$and' ? into : { fields: into.fields, bounds: [] };
  return join(
    operand.map((clause) =>
      isDocument(clause) ? compileAll(clause, inner) : bad(`${operator} entries need to be full objects`),
    ),
  );
}

function compileAll(filter: Document, into: Collected): Predicate {
  const predicates = Object.entries(filter).map(([name, condition]) =>
    (name.startsWith('$') ? compileLogical : compilePath)(name, condition, into),
  );
  return (document) => predicates.every((predicate) => predicate(document));
}

/** Compiles a filter. Throws a StoreError that names whatever is not a filter of the subset. */
export function compileFilter(filter: Document): Filter {
  const collected: Collected = { fields: new Set(), bounds: [] };
  return { matches: compileAll(filter, collected), ...collected };
}
