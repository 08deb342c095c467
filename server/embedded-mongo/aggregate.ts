import { Double, Int32 } from 'bson';
import {
  add,
  type Document,
  fieldOf,
  integerOf,
  isDocument,
  type Numeric,
  numberOf,
  type Value,
} from './bson.ts';
import { fail, notOffered } from './errors.ts';
import { compileFilter } from './filter.ts';
import { firstPart, sortKeyOf } from './keys.ts';
import { compileSort } from './plan.ts';
import { compileProjection } from './project.ts';
import { checkMemory, cut, sorted } from './query.ts';
import { identity } from './values.ts';
import { type Items, sliceSpent } from './work.ts';

/** A compiled stage. `fields` are the top-level fields it needs; undefined when it needs all. */
export interface Stage {
  fields?: ReadonlySet<string> | undefined;
  run(documents: Items<Document>): Items<Document>;
}

type Expression = (document: Document) => Value | undefined;

function valueAt(value: Value | undefined, parts: readonly string[], from = 0): Value | undefined {
  if (from === parts.length) return value;
  if (Array.isArray(value))
    return value.map((element) => valueAt(element, parts, from)).filter((each) => each !== undefined);
  return isDocument(value) ? valueAt(fieldOf(value, parts[from] as string), parts, from + 1) : undefined;
}

/** A constant, a path `$a.b` or a document of them. Throws for any operator. */
function compileExpression(expression: Value, fields: Set<string>): Expression {
  if (typeof expression === 'string' && expression.startsWith('$')) {
    const parts = expression.slice(1).split('.');
    if (parts.includes('') || expression.startsWith('$$')) notOffered(`the expression ${expression}`);
    fields.add(firstPart(expression.slice(1)));
    return (document) => valueAt(document, parts);
  }
  if (Array.isArray(expression)) notOffered('an array expression');
  if (!isDocument(expression)) return () => expression;
  const parts = Object.entries(expression).map(([name, each]) => {
    if (name.startsWith('$'))
      fail('InvalidPipelineOperator', `the expression '${name}' is not offered by the embedded store`);
    return [name, compileExpression(each, fields)] as const;
  });
  return (document) => {
    const values = parts.map(([name, evaluate]) => [name, evaluate(document)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Document;
  };
}

const one = new Int32(1);

function compileAccumulator(name: string, accumulator: Value, fields: Set<string>): Expression {
  if (name.includes('.') || name.startsWith('$'))
    fail('Location40235', `The field name '${name}' cannot contain '.' or start with '$'`);
  const entries = isDocument(accumulator) ? Object.entries(accumulator) : [];
  if (entries.length !== 1) fail('Location40234', `The field '${name}' must be one accumulator`);
  const [operator, operand] = entries[0] as [string, Value];
  if (operator === '$sum') return compileExpression(operand, fields);
  if (operator !== '$count')
    fail('Location15952', `the group operator '${operator}' is not offered by the embedded store`);
  return isDocument(operand) && Object.keys(operand).length === 0
    ? () => one
    : fail('TypeMismatch', '$count takes no arguments, i.e. $count:{}');
}

/** Values that are no numbers add nothing; an int64 that overflows goes on as a double, as in MongoDB. */
function plus(total: Numeric, value: Value | undefined): Numeric {
  const number = numberOf(value);
  if (number === undefined) return total;
  return add(total, value as Numeric) ?? new Double(Number(numberOf(total)) + Number(number));
}

function group(specification: Document): Stage {
  const { _id, ...accumulators } = specification;
  if (_id === undefined) return fail('Location15955', 'a group specification must include an _id');
  const fields = new Set<string>();
  const idOf = compileExpression(_id, fields);
  const sums = Object.entries(accumulators).map(
    ([name, accumulator]) => [name, compileAccumulator(name, accumulator, fields)] as const,
  );
  function* run(documents: Items<Document>): Items<Document> {
    const groups = new Map<string, { id: Value; totals: Numeric[] }>();
    let bytes = 0;
    for (const document of documents) {
      if (document !== undefined) {
        const id = idOf(document) ?? null;
        const key = identity(id);
        let entry = groups.get(key);
        if (entry === undefined) {
          entry = { id, totals: sums.map(() => new Int32(0)) };
          groups.set(key, entry);
          bytes += key.length * 2 + 100;
          checkMemory(bytes);
        }
        for (const [i, [, evaluate]] of sums.entries())
          entry.totals[i] = plus(entry.totals[i] as Numeric, evaluate(document));
      }
      if (document === undefined || sliceSpent()) yield;
    }
    for (const { id, totals } of groups.values()) {
      yield { _id: id, ...Object.fromEntries(sums.map(([name], i) => [name, totals[i] as Numeric])) };
    }
  }
  return { fields, run };
}

function count(name: Value): Stage {
  if (typeof name !== 'string' || name === '' || name.startsWith('$') || name.includes('.'))
    return fail('Location40156', 'the count field must be a non-empty string without $ and dots');
  const { run } = group({ _id: null, [name]: { $count: {} } });
  return { fields: new Set(), run: (documents) => project({ _id: new Int32(0) }).run(run(documents)) };
}

function project(specification: Document): Stage {
  const projection = compileProjection(specification);
  if (!projection) return fail('Location51272', 'a $project needs at least one field');
  return {
    fields: projection.fields,
    *run(documents) {
      for (const document of documents) yield document && projection.apply(document);
    },
  };
}

function sort(specification: Document): Stage {
  const keys = compileSort(specification);
  if (keys.length === 0) fail('Location15976', '$sort stage must have at least one sort key');
  const bytesInMemory = (document: Document) => JSON.stringify(document).length * 2;
  return { run: (documents) => sorted(documents, (each) => sortKeyOf(each, keys), bytesInMemory) };
}

function match(filter: Document): Stage {
  const { matches } = compileFilter(filter);
  return {
    *run(documents) {
      for (const document of documents) {
        if (document === undefined || matches(document)) yield document;
        else if (sliceSpent()) yield;
      }
    },
  };
}

function cutting(skip: number, limit: number): Stage {
  return { run: (documents) => cut(documents, skip, limit) };
}

const document =
  (compile: (operand: Document) => Stage) =>
  (operand: Value): Stage =>
    isDocument(operand) ? compile(operand) : fail('Location15959', 'the stage takes an object');

/** The whole number a $skip or $limit takes. */
export function wholeNumber(name: '$skip' | '$limit', operand: Value): number {
  const number = integerOf(operand) ?? -1;
  if (name === '$limit' && number === 0) fail('Location15958', 'the limit must be positive');
  if (number >= 0) return number;
  return fail(
    name === '$limit' ? 'Location5107201' : 'Location5107200',
    `${name} needs a number that is not negative`,
  );
}

/** Every stage there is. */
const stages: Record<string, (operand: Value) => Stage> = {
  $match: document(match),
  $group: document(group),
  $sort: document(sort),
  $project: document(project),
  $limit: (operand) => cutting(0, wholeNumber('$limit', operand)),
  $skip: (operand) => cutting(wholeNumber('$skip', operand), 0),
  $count: count,
  $changeStream: () => fail('Location40573', 'The $changeStream stage is only supported on replica sets'),
};

/** Compiles one stage. Throws a StoreError that names whatever is outside the subset. */
export function compileStage(stage: Document): Stage {
  const [only, ...more] = Object.entries(stage);
  if (only === undefined || more.length > 0)
    return fail('Location40323', 'A pipeline stage specification object must contain exactly one field.');
  const [name, operand] = only;
  const compile = name.startsWith('$') ? stages[name] : undefined;
  return compile?.(operand) ?? fail('Location40324', `Unrecognized pipeline stage name: '${name}'`);
}
