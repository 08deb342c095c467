import { identity } from './bson/key.ts';
import { add, type Document, fieldOf, isDocument, numberOf, setField, type Value } from './bson/values.ts';
import { notOffered, StoreError } from './errors.ts';

type Expression = (document: Document) => Value | undefined;

function valueAt(value: Value | undefined, parts: readonly string[], from = 0): Value | undefined {
  if (from === parts.length) return value;
  if (Array.isArray(value)) {
    return value.map((element) => valueAt(element, parts, from)).filter((each) => each !== undefined);
  }
  return isDocument(value) ? valueAt(fieldOf(value, parts[from] as string), parts, from + 1) : undefined;
}

/** A constant, a path `$a.b` or a document of them. Throws for any operator. */
function compileExpression(expression: Value, fields: Set<string>): Expression {
  if (typeof expression === 'string' && expression.startsWith('$')) {
    if (expression.startsWith('$$')) throw notOffered(`the variable ${expression}`);
    const parts = expression.slice(1).split('.');
    if (parts.includes(''))
      throw new StoreError('Location40156', `FieldPath '${expression}' has an empty part`);
    fields.add(parts[0] as string);
    return (document) => valueAt(document, parts);
  }
  if (Array.isArray(expression)) throw notOffered('an array expression');
  if (isDocument(expression)) {
    const operator = Object.keys(expression).find((name) => name.startsWith('$'));
    if (operator !== undefined) {
      throw new StoreError(
        'InvalidPipelineOperator',
        `Unrecognized expression '${operator}': it is not offered by the embedded store`,
      );
    }
    const parts = Object.entries(expression).map(
      ([name, each]) => [name, compileExpression(each, fields)] as const,
    );
    return (document) => {
      const result: Document = {};
      for (const [name, evaluate] of parts) {
        const value = evaluate(document);
        if (value !== undefined) setField(result, name, value);
      }
      return result;
    };
  }
  return () => expression;
}

const otherAccumulators = new Set(
  '$avg $min $max $first $last $push $addToSet $stdDevPop $stdDevSamp $mergeObjects $top $bottom $topN $bottomN $firstN $lastN $maxN $minN $median $percentile $accumulator'.split(
    ' ',
  ),
);

function compileAccumulator(name: string, accumulator: Value, fields: Set<string>): Expression {
  if (name.includes('.'))
    throw new StoreError('Location40235', `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$'))
    throw new StoreError('Location40236', `The field name '${name}' cannot be an operator name`);
  const entries = isDocument(accumulator) ? Object.entries(accumulator) : [];
  const [first] = entries;
  if (first === undefined)
    throw new StoreError('Location40234', `The field '${name}' must be an accumulator object`);
  if (entries.length > 1) {
    throw new StoreError('Location40238', `The field '${name}' must specify one accumulator`);
  }
  const [operator, operand] = first;
  if (operator === '$sum') return compileExpression(operand, fields);
  if (operator === '$count') {
    if (!isDocument(operand) || Object.keys(operand).length > 0) {
      throw new StoreError('TypeMismatch', '$count takes no arguments, i.e. $count:{}');
    }
    return () => 1;
  }
  if (otherAccumulators.has(operator)) throw notOffered(`the accumulator ${operator}`);
  throw new StoreError('Location15952', `unknown group operator '${operator}'`);
}

export interface Groups {
  add(document: Document): void;
  results(): Document[];
}

export interface Group {
  /** The top-level fields the expressions need. */
  fields: ReadonlySet<string>;
  start(): Groups;
}

/** Compiles a `$group` with `$sum` and `$count`. Throws a StoreError that names whatever is outside. */
export function compileGroup(specification: Document): Group {
  const { _id, ...accumulators } = specification;
  if (_id === undefined) throw new StoreError('Location15955', 'a group specification must include an _id');
  const fields = new Set<string>();
  const idOf = compileExpression(_id, fields);
  const sums = Object.entries(accumulators).map(
    ([name, accumulator]) => [name, compileAccumulator(name, accumulator, fields)] as const,
  );
  return {
    fields,
    start() {
      const groups = new Map<string, { id: Value; totals: Value[] }>();
      return {
        add(document) {
          const id = idOf(document) ?? null;
          const key = typeof id === 'string' ? `"${id}` : identity(id);
          let group = groups.get(key);
          if (group === undefined) {
            group = { id, totals: sums.map(() => 0) };
            groups.set(key, group);
          }
          for (const [i, [, evaluate]] of sums.entries()) {
            const value = evaluate(document);
            if (value !== undefined) group.totals[i] = summed(group.totals[i] as Value, value);
          }
        },
        results() {
          return [...groups.values()].map(({ id, totals }) => {
            const result: Document = { _id: id };
            for (const [i, [name]] of sums.entries()) setField(result, name, totals[i] as Value);
            return result;
          });
        },
      };
    },
  };
}

/** Values that are no numbers add nothing; an int64 that overflows goes on as a double, as in MongoDB. */
function summed(total: Value, value: Value): Value {
  if (numberOf(value) === undefined) return total;
  return add(total, value) ?? Number(numberOf(total)) + Number(numberOf(value));
}
