import { Double, Int32 } from 'bson';
import {
  add,
  type Document,
  decodeFields,
  integerOf,
  isDocument,
  type Numeric,
  numberOf,
  ownOf,
  type Value,
} from './bson.ts';
import { fail, notOffered } from './errors.ts';
import { type KeyPattern, sortKeyOf } from './keys.ts';
import { compileSort } from './plan.ts';
import { checkMemory, type Stored } from './query.ts';
import { identity, order } from './values.ts';
import { type Items, sliceSpent } from './work.ts';

type Expression = (document: Document) => Value | undefined;

/** A compiled `$group`: from documents to groups, in the order in which they first come. */
type Group = (items: Items<Stored>) => Items<Document>;

/** A constant, a top-level field by `$name`, or a document of them. Throws for any other. */
function compileExpression(expression: Value, fields: Set<string>): Expression {
  if (typeof expression === 'string' && expression.startsWith('$')) {
    const name = expression.slice(1);
    if (!/^[^$.]+$/.test(name)) notOffered(`the expression ${expression}`);
    fields.add(name);
    return (document) => ownOf(document, name);
  }
  if (Array.isArray(expression)) notOffered('an array expression');
  if (!isDocument(expression)) return () => expression;
  const parts = Object.entries(expression).map(([name, each]) => {
    if (name.startsWith('$')) notOffered(`the expression ${name}`);
    return [name, compileExpression(each, fields)] as const;
  });
  return (document) => {
    const values = parts.map(([name, evaluate]) => [name, evaluate(document)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Document;
  };
}

function compileSum(name: string, accumulator: Value, fields: Set<string>): Expression {
  if (name.includes('.') || name.startsWith('$'))
    fail('Location40235', `The field name '${name}' cannot contain '.' or start with '$'`);
  const entries = isDocument(accumulator) ? Object.entries(accumulator) : [];
  if (entries.length !== 1) fail('Location40234', `The field '${name}' must be one accumulator`);
  const [operator, operand] = entries[0] as [string, Value];
  if (operator === '$sum') return compileExpression(operand, fields);
  return fail('Location15952', `the group operator '${operator}' is not offered by the embedded store`);
}

/** Values that are no numbers add nothing; an int64 that overflows goes on as a double, as in MongoDB. */
function plus(total: Numeric, value: Value | undefined): Numeric {
  const number = numberOf(value);
  if (number === undefined) return total;
  return add(total, value as Numeric) ?? new Double(Number(numberOf(total)) + Number(number));
}

function compileGroup(specification: Document): Group {
  const { _id, ...accumulators } = specification;
  if (_id === undefined) return fail('Location15955', 'a group specification must include an _id');
  const fields = new Set<string>();
  const idOf = compileExpression(_id, fields);
  const sums = Object.entries(accumulators).map(
    ([name, accumulator]) => [name, compileSum(name, accumulator, fields)] as const,
  );
  return function* (items) {
    const groups = new Map<string, { id: Value; totals: Numeric[] }>();
    let bytes = 0;
    for (const item of items) {
      if (item !== undefined) {
        const document = decodeFields(item.raw, fields);
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
      if (item === undefined || sliceSpent()) yield;
    }
    for (const { id, totals } of groups.values())
      yield { _id: id, ...Object.fromEntries(sums.map(([name], i) => [name, totals[i] as Numeric])) };
  };
}

/** A pipeline: what it finds, the groups it makes of that, and their order. */
export interface Pipeline {
  filter: Document;
  skip: number;
  limit: number;
  group: Group | undefined;
  sort: KeyPattern;
}

/** The groups of what was found, in the order that was asked for. */
export function* grouped(items: Items<Stored>, group: Group, sort: KeyPattern): Items<Document> {
  const all: { key: string; document: Document }[] = [];
  for (const document of group(items)) {
    if (document === undefined) yield;
    else all.push({ key: sortKeyOf(document, sort), document });
  }
  for (const { document } of all.sort((a, b) => order(a.key, b.key))) yield document;
}

const documentOf = (operand: Value): Document =>
  isDocument(operand) ? operand : fail('Location15959', 'the stage takes an object');

/** Every stage there is, in the one order they are offered in. */
const stages: Record<string, (operand: Value) => Partial<Pipeline>> = {
  $match: (operand) => ({ filter: documentOf(operand) }),
  $skip(operand) {
    const skip = integerOf(operand) ?? -1;
    return skip >= 0 ? { skip } : fail('Location5107200', '$skip needs a number that is not negative');
  },
  $limit(operand) {
    const limit = integerOf(operand) ?? -1;
    if (limit === 0) fail('Location15958', 'the limit must be positive');
    return limit > 0 ? { limit } : fail('Location5107201', '$limit needs a number that is not negative');
  },
  $group: (operand) => ({ group: compileGroup(documentOf(operand)) }),
  $sort: (operand) => ({ sort: compileSort(documentOf(operand)) }),
};
const names = Object.keys(stages);

/** Compiles a pipeline. Throws a StoreError that names whatever is outside the subset. */
export function compilePipeline(pipeline: Document[]): Pipeline {
  let compiled: Pipeline = { filter: {}, skip: 0, limit: 0, group: undefined, sort: [] };
  let last = -1;
  for (const stage of pipeline) {
    const [only, ...more] = Object.entries(stage);
    if (only === undefined || more.length > 0)
      return fail('Location40323', 'A pipeline stage specification object must contain exactly one field.');
    const [name, operand] = only;
    if (name === '$changeStream') fail('Location40573', '$changeStream is only supported on replica sets');
    const place = names.indexOf(name);
    if (place < 0) fail('Location40324', `Unrecognized pipeline stage name: '${name}'`);
    if (place <= last) notOffered(`the stage ${name} after ${names[last]}`);
    last = place;
    compiled = { ...compiled, ...ownOf(stages, name)?.(operand) };
  }
  if (compiled.sort.length > 0 && !compiled.group) notOffered('the stage $sort without $group');
  return compiled;
}
