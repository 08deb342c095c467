import { BSONRegExp } from 'bson';
import { identity } from './bson/key.ts';
import { compareValues, rank, rankOf } from './bson/order.ts';
import { type Document, integerOf, isDocument, numberOf, type Value } from './bson/values.ts';
import { notOffered, StoreError } from './errors.ts';
import { someValueAt } from './paths.ts';

export type Predicate = (document: Document) => boolean;
type ValueTest = (value: Value | undefined) => boolean;

/** A condition on one path that an index can serve. */
export type Bound =
  | { path: string; operator: '$eq' | '$gt' | '$gte' | '$lt' | '$lte'; value: Value }
  | { path: string; operator: '$in'; values: Value[] };

export interface Matcher {
  matches: Predicate;
  /** The top-level fields the filter looks at. */
  fields: ReadonlySet<string>;
  /** Conditions that every matching document meets, for the planner. */
  bounds: readonly Bound[];
  /** True for the filter {}. */
  all: boolean;
}

const knownElsewhere = new Set(
  (
    '$all $expr $jsonSchema $mod $text $where $type $comment $near $nearSphere $geoWithin $geoIntersects ' +
    '$bitsAllClear $bitsAllSet $bitsAnyClear $bitsAnySet $rand $sampleRate'
  ).split(' '),
);

function bad(message: string): StoreError {
  return new StoreError('BadValue', message);
}

function unknownOperator(name: string): StoreError {
  return knownElsewhere.has(name)
    ? notOffered(`the filter operator ${name}`)
    : bad(`unknown operator: ${name}`);
}

export function isOperatorDocument(value: Value | undefined): value is Document {
  if (!isDocument(value)) return false;
  const [first] = Object.keys(value);
  return first?.startsWith('$') ?? false;
}

/** The regular expression for `$regex`; i, m and s are offered. PCRE's own syntax beyond JavaScript's is an error. */
function regularExpression(pattern: string, options: string): RegExp {
  for (const option of options) {
    if (!'ims'.includes(option)) throw bad(`invalid flag in regex options: ${option}`);
  }
  try {
    return new RegExp(pattern, options);
  } catch (error) {
    throw new StoreError('BadValue', `Regular expression is invalid: ${(error as Error).message}`);
  }
}

/** What an operator asks of the value at a path, and of one element inside `$elemMatch`. */
interface Condition {
  atPath: ValueTest;
  ofElement: ValueTest;
}

/** Asked of the value and, when it is an array, of its elements. */
function ofValueOrElements(test: ValueTest): Condition {
  return { atPath: (value) => test(value) || (Array.isArray(value) && value.some(test)), ofElement: test };
}

/** Asked of the value as a whole. */
function ofWhole(test: ValueTest): Condition {
  return { atPath: test, ofElement: test };
}

function equals(operand: Value): Condition {
  if (operand instanceof BSONRegExp) return regexTest(operand.pattern, operand.options);
  if (typeof operand === 'string') return ofValueOrElements((value) => value === operand);
  return ofValueOrElements((value) => compareValues(value, operand) === 0);
}

function regexTest(pattern: string, options: string): Condition {
  const expression = regularExpression(pattern, options);
  return ofValueOrElements((value) =>
    typeof value === 'string'
      ? expression.test(value)
      : value instanceof BSONRegExp && value.pattern === pattern && value.options === options,
  );
}

function oneOf(operand: Value, operator: string): Condition {
  if (!Array.isArray(operand)) throw bad(`${operator} needs an array`);
  if (operand.some(isOperatorDocument)) throw bad(`cannot nest $ under ${operator}`);
  const expressions = operand.filter((value) => value instanceof BSONRegExp).map(equals);
  const wanted = new Set(operand.filter((value) => !(value instanceof BSONRegExp)).map(identity));
  return ofValueOrElements(
    (value) => wanted.has(identity(value)) || expressions.some((test) => test.ofElement(value)),
  );
}

/** Comparisons look at values of the operand's own type only; NaN is equal to itself and to nothing else. */
function compares(operand: Value, holds: (order: number) => boolean): Condition {
  if (operand instanceof BSONRegExp) throw bad("Can't have RegEx as arg to predicate over field");
  const kind = rankOf(operand);
  const anyType = kind === rank.minKey || kind === rank.maxKey;
  const wantsNaN = Number.isNaN(numberOf(operand));
  return ofValueOrElements((value) => {
    if (value === undefined && kind !== rank.null) return false;
    if (!anyType && rankOf(value) !== kind) return false;
    if (kind === rank.number && Number.isNaN(numberOf(value)) !== wantsNaN) return false;
    return holds(compareValues(value, operand));
  });
}

function elementMatch(operand: Value, fields: Fields): Condition {
  if (!isDocument(operand)) throw bad('$elemMatch needs an Object');
  const logical = ['$and', '$or', '$nor'].includes(Object.keys(operand)[0] ?? '');
  if (isOperatorDocument(operand) && !logical) {
    const tests = operatorTests(operand, { names: fields.names, bounds: undefined });
    const meetsAll = (element: Value): boolean =>
      tests.every((test) => test(({ ofElement }) => ofElement(element)));
    return ofWhole((value) => Array.isArray(value) && value.some(meetsAll));
  }
  const inner = compileAll(operand, { names: new Set(), bounds: undefined });
  // An array in the array is looked into by its places, as if they were field names.
  const asDocument = (element: Value): Document | undefined =>
    Array.isArray(element)
      ? Object.fromEntries(element.map((each, i) => [String(i), each]))
      : isDocument(element)
        ? element
        : undefined;
  return ofWhole((value) => {
    if (!Array.isArray(value)) return false;
    return value.some((element) => {
      const document = asDocument(element);
      return document !== undefined && inner(document);
    });
  });
}

interface Fields {
  names: Set<string>;
  /** Collects what the planner can use; undefined below a disjunction or a negation. */
  bounds: Bound[] | undefined;
}

/** Given the way to ask the path's values, decides whether one of them must meet the condition or none may. */
type PathTest = (ask: (condition: Condition) => boolean) => boolean;

const some =
  (condition: Condition): PathTest =>
  (ask) =>
    ask(condition);
const none =
  (condition: Condition): PathTest =>
  (ask) =>
    !ask(condition);

function operatorTests(operators: Document, fields: Fields): PathTest[] {
  const tests: PathTest[] = [];
  for (const [operator, operand] of Object.entries(operators)) {
    switch (operator) {
      case '$eq':
        tests.push(some(equalsExactly(operand)));
        break;
      case '$ne':
        if (operand instanceof BSONRegExp) throw bad("Can't have regex as arg to $ne.");
        tests.push(none(equalsExactly(operand)));
        break;
      case '$gt':
        tests.push(some(compares(operand, (order) => order > 0)));
        break;
      case '$gte':
        tests.push(some(compares(operand, (order) => order >= 0)));
        break;
      case '$lt':
        tests.push(some(compares(operand, (order) => order < 0)));
        break;
      case '$lte':
        tests.push(some(compares(operand, (order) => order <= 0)));
        break;
      case '$in':
        tests.push(some(oneOf(operand, operator)));
        break;
      case '$nin':
        tests.push(none(oneOf(operand, operator)));
        break;
      case '$exists': {
        const wanted = !(operand === false || operand === null || numberOf(operand) === 0);
        tests.push((wanted ? some : none)(ofWhole((value) => value !== undefined)));
        break;
      }
      case '$size': {
        const size = integerOf(operand);
        if (size === undefined) throw bad('Failed to parse $size. Expected an integer');
        if (size < 0) throw bad('Failed to parse $size. Expected a non-negative number');
        tests.push(some(ofWhole((value) => Array.isArray(value) && value.length === size)));
        break;
      }
      case '$regex': {
        const options = operators.$options;
        if (options !== undefined && typeof options !== 'string') throw bad('$options has to be a string');
        if (operand instanceof BSONRegExp)
          tests.push(some(regexTest(operand.pattern, options ?? operand.options)));
        else if (typeof operand === 'string') tests.push(some(regexTest(operand, options ?? '')));
        else throw bad('$regex has to be a string');
        break;
      }
      case '$options':
        if (operators.$regex === undefined) throw bad('$options needs a $regex');
        break;
      case '$elemMatch':
        tests.push(some(elementMatch(operand, fields)));
        break;
      case '$not':
        tests.push(negated(operand, fields));
        break;
      default:
        throw operator.startsWith('$') ? unknownOperator(operator) : bad(`unknown operator: ${operator}`);
    }
  }
  return tests;
}

/** `$eq` and `$ne` compare with a regular expression as a value; only the short form searches with it. */
function equalsExactly(operand: Value): Condition {
  return ofValueOrElements((value) => compareValues(value, operand) === 0);
}

function negated(operand: Value, fields: Fields): PathTest {
  if (operand instanceof BSONRegExp) return none(regexTest(operand.pattern, operand.options));
  if (!isDocument(operand)) throw bad('$not needs a regex or a document');
  if (Object.keys(operand).length === 0) throw bad('$not cannot be empty');
  const tests = operatorTests(operand, { names: fields.names, bounds: undefined });
  return (ask) => !tests.every((test) => test(ask));
}

function addBounds(path: string, operators: Document, bounds: Bound[]): void {
  for (const [operator, value] of Object.entries(operators)) {
    if (operator === '$in' && Array.isArray(value)) bounds.push({ path, operator, values: value });
    else if (
      operator === '$eq' ||
      operator === '$gt' ||
      operator === '$gte' ||
      operator === '$lt' ||
      operator === '$lte'
    ) {
      bounds.push({ path, operator, value });
    }
  }
}

function compilePath(path: string, condition: Value, fields: Fields): Predicate {
  const parts = path.split('.');
  fields.names.add(parts[0] as string);
  if (isOperatorDocument(condition)) {
    const tests = operatorTests(condition, fields);
    if (fields.bounds) addBounds(path, condition, fields.bounds);
    return (document) => tests.every((test) => test(({ atPath }) => someValueAt(document, parts, atPath)));
  }
  if (!(condition instanceof BSONRegExp)) fields.bounds?.push({ path, operator: '$eq', value: condition });
  const { atPath } = equals(condition);
  return (document) => someValueAt(document, parts, atPath);
}

function clauses(operator: string, operand: Value, fields: Fields): Predicate[] {
  if (!Array.isArray(operand) || operand.length === 0) throw bad(`${operator} must be a nonempty array`);
  return operand.map((clause) => {
    if (!isDocument(clause)) throw bad(`${operator} entries need to be full objects`);
    return compileAll(clause, fields);
  });
}

function compileAll(filter: Document, fields: Fields): Predicate {
  const predicates: Predicate[] = [];
  const unplanned: Fields = { names: fields.names, bounds: undefined };
  for (const [name, condition] of Object.entries(filter)) {
    if (!name.startsWith('$')) predicates.push(compilePath(name, condition, fields));
    else if (name === '$and') predicates.push(...clauses(name, condition, fields));
    else if (name === '$or' || name === '$nor') {
      const parts = clauses(name, condition, unplanned);
      const wanted = name === '$or';
      predicates.push((document) => parts.some((part) => part(document)) === wanted);
    } else if (knownElsewhere.has(name)) throw notOffered(`the filter operator ${name}`);
    else throw bad(`unknown top level operator: ${name}`);
  }
  const [only] = predicates;
  if (predicates.length === 1 && only) return only;
  return (document) => predicates.every((predicate) => predicate(document));
}

/** Compiles a filter. Throws a StoreError that names whatever is not a filter of the subset. */
export function compileFilter(filter: Document): Matcher {
  const bounds: Bound[] = [];
  const names = new Set<string>();
  return {
    matches: compileAll(filter, { names, bounds }),
    fields: names,
    bounds,
    all: Object.keys(filter).length === 0,
  };
}
