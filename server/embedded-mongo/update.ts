import { BSONRegExp, ObjectId } from 'bson';
import {
  add,
  type Document,
  fieldOf,
  isDocument,
  type Numeric,
  numberOf,
  setField,
  type Value,
} from './bson.ts';
import { fail, notOffered } from './errors.ts';
import { isOperatorDocument } from './filter.ts';
import { compareValues, isArrayIndex, typeName } from './values.ts';

interface Operator {
  /** Throws when the operand is none for this operator; what it returns is given to `apply`. */
  accept?(operand: Value, path: string): Value;
  /** The field's new value; undefined removes it. */
  apply(current: Value | undefined, operand: Value, path: string): Value | undefined;
}

interface Change {
  operator: Operator;
  path: readonly string[];
  operand: Value;
}

/** A compiled update: a whole new document, or changes to single fields; those for a new document alone apart. */
export type Update = { replacement: Document } | { changes: Change[]; onInsert: Change[] };

/** The values `$push` and `$addToSet` add: one, or those of `$each`. */
function listOf(operand: Value, code: 'BadValue' | 'TypeMismatch'): Value[] {
  if (!isOperatorDocument(operand)) return [operand];
  const modifier = Object.keys(operand).find((name) => name !== '$each');
  if (modifier !== undefined) notOffered(`the modifier ${modifier} of $push and $addToSet`);
  if (!Array.isArray(operand.$each)) return fail(code, '$each needs an array');
  return operand.$each;
}

/** Adds the values of a list to an array, all or those that are new. */
function appending(
  code: 'BadValue' | 'TypeMismatch',
  isWanted: (list: Value[], value: Value) => boolean,
): Operator {
  return {
    accept: (operand) => listOf(operand, code),
    apply(current, operand, path) {
      if (current !== undefined && !Array.isArray(current))
        return fail('BadValue', `The field '${path}' must be an array but is of type ${typeName(current)}`);
      const list = [...(current ?? [])];
      for (const value of operand as Value[]) if (isWanted(list, value)) list.push(value);
      return list;
    },
  };
}

/** Keeps the current value unless the operand is less (-1) or greater (1). */
function extreme(wanted: number): Operator {
  return {
    apply: (current, operand) =>
      current === undefined || compareValues(operand, current) === wanted ? operand : current,
  };
}

const setting: Operator = { apply: (_, operand) => operand };

/** Every update operator there is. */
const operators: Record<string, Operator> = {
  $set: setting,
  $setOnInsert: setting,
  $unset: { apply: () => undefined },
  $min: extreme(-1),
  $max: extreme(1),
  $push: appending('BadValue', () => true),
  $addToSet: appending('TypeMismatch', (list, value) =>
    list.every((each) => compareValues(each, value) !== 0),
  ),
  $currentDate: {
    accept(operand) {
      if (operand !== true && !(isDocument(operand) && operand.$type === 'date'))
        fail('BadValue', "$currentDate needs true or {$type: 'date'}; other types are not offered");
      return true;
    },
    apply: () => new Date(),
  },
  $inc: {
    accept(operand, path) {
      if (numberOf(operand) !== undefined) return operand;
      return fail('TypeMismatch', `Cannot increment '${path}' with a non-numeric argument`);
    },
    apply(current, operand, path) {
      if (current === undefined) return operand;
      if (numberOf(current) === undefined)
        fail('TypeMismatch', `Cannot apply $inc to '${path}', which is of type ${typeName(current)}`);
      return (
        add(current as Numeric, operand as Numeric) ?? fail('BadValue', `$inc of '${path}' overflows int64`)
      );
    },
  },
};

function partsOf(path: string): string[] {
  const parts = path.split('.');
  if (parts.includes('')) fail('EmptyFieldName', `The update path '${path}' contains an empty field name`);
  const dollar = parts.find((part) => part.startsWith('$'));
  if (dollar === '$' || dollar?.startsWith('$[')) notOffered(`the positional operator ${dollar}`);
  if (dollar !== undefined)
    fail('DollarPrefixedFieldName', `the field name '${dollar}' starts with a dollar`);
  return parts;
}

function checkConflicts(changes: Change[]): void {
  const paths = changes.map(({ path }) => path.join('.'));
  for (const [i, path] of paths.entries()) {
    const other = paths.find((each, j) => i !== j && (each === path || path.startsWith(`${each}.`)));
    if (other !== undefined)
      fail('ConflictingUpdateOperators', `Updating the path '${path}' would create a conflict at '${other}'`);
  }
}

/** Compiles an update. Throws a StoreError that names whatever is not an update of the subset. */
export function compileUpdate(update: Value | undefined): Update {
  if (!isDocument(update)) return notOffered('an update that is no document (an aggregation pipeline)');
  if (!isOperatorDocument(update)) return { replacement: update };
  const compiled = { changes: [] as Change[], onInsert: [] as Change[] };
  for (const [name, operands] of Object.entries(update)) {
    const operator = name.startsWith('$') ? operators[name] : undefined;
    if (!operator || !isDocument(operands))
      return fail('FailedToParse', `Unknown modifier, or one without a document of fields: ${name}`);
    const list = name === '$setOnInsert' ? compiled.onInsert : compiled.changes;
    for (const [path, operand] of Object.entries(operands))
      list.push({ operator, path: partsOf(path), operand: operator.accept?.(operand, path) ?? operand });
  }
  checkConflicts([...compiled.changes, ...compiled.onInsert]);
  return compiled;
}

/** The top-level fields that an update may change in a document that is there; undefined for all. */
export function fieldsTouchedBy(update: Update): ReadonlySet<string> | undefined {
  return 'changes' in update ? new Set(update.changes.map(({ path }) => path[0] ?? '')) : undefined;
}

type Container = Document | Value[];

/** The furthest an array is padded with null by setting one of its elements. */
const furthestElement = 1_500_000;

function childOf(container: Container, part: string): Value | undefined {
  if (Array.isArray(container)) return isArrayIndex(part) ? container[Number(part)] : undefined;
  return fieldOf(container, part);
}

function setChild(container: Container, part: string, value: Value | undefined): void {
  if (!Array.isArray(container)) {
    if (value === undefined) delete container[part];
    else setField(container, part, value);
    return;
  }
  const index = Number(part);
  if (index > furthestElement) fail('BadValue', `can't backfill more than ${furthestElement} elements`);
  while (container.length < index) container.push(null);
  container[index] = value ?? null;
}

/** The document or array that holds the last part of the path; made on the way when `create`, otherwise undefined. */
function holderOf(root: Document, path: readonly string[], create: boolean): Container | undefined {
  let holder: Container = root;
  for (const [i, part] of path.entries()) {
    const isLast = i === path.length - 1;
    const isPlace = !Array.isArray(holder) || isArrayIndex(part);
    if (isLast && isPlace) return holder;
    let child: Value | undefined = childOf(holder, part);
    if (child === undefined && create && isPlace) {
      child = {};
      setChild(holder, part, child);
    }
    if (!isPlace || !(isDocument(child) || Array.isArray(child))) {
      if (create)
        fail('PathNotViable', `Cannot create the field '${path.join('.')}': '${part}' is no document`);
      return undefined;
    }
    holder = child;
  }
  return undefined;
}

/** The changes in the order of their paths, numbers by their size: that of new fields in the document. */
function inOrder(changes: Change[]): Change[] {
  return changes.sort(({ path: a }, { path: b }) => {
    const i = a.findIndex((part, place) => part !== b[place]);
    const [left = '', right = ''] = [a[i], b[i]];
    if (isArrayIndex(left) && isArrayIndex(right)) return Number(left) - Number(right);
    return left < right ? -1 : 1;
  });
}

function applyChanges(document: Document, changes: Change[]): void {
  for (const { operator, path, operand } of inOrder(changes)) {
    const holder = holderOf(document, path, operator !== operators.$unset);
    if (holder === undefined) continue;
    const last = path.at(-1) ?? '';
    const current = childOf(holder, last);
    const next = operator.apply(current, operand, path.join('.'));
    if (next !== current) setChild(holder, last, next);
  }
}

function checkId(document: Document, id: Value | undefined): void {
  if (id !== undefined && (document._id === undefined || compareValues(document._id, id) !== 0))
    fail('ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'");
}

/** The document after the update; the one given may be changed in place. Throws a StoreError. */
export function updated(document: Document, update: Update): Document {
  const { _id = null } = document;
  const after = 'replacement' in update ? { _id, ...update.replacement } : document;
  if ('changes' in update) applyChanges(after, update.changes);
  checkId(after, _id);
  return { ...after, _id };
}

/** The fields a filter fixes by equality: they become part of a document made by an upsert. */
function equalitiesOf(filter: Document): Change[] {
  return Object.entries(filter).flatMap(([name, condition]) => {
    if (name === '$and' || (name === '$or' && Array.isArray(condition) && condition.length === 1))
      return (condition as Document[]).flatMap(equalitiesOf);
    const operand = isOperatorDocument(condition) ? condition.$eq : condition;
    if (name.startsWith('$') || operand === undefined || operand instanceof BSONRegExp) return [];
    return [{ operator: setting, path: name.split('.'), operand }];
  });
}

/** The document an upsert inserts when nothing matches; an `_id` is made when it is given nowhere. */
export function upserted(filter: Document, update: Update): Document {
  const equalities = equalitiesOf(filter);
  const names = equalities.map(({ path }) => path.join('.'));
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    fail('NotSingleValueField', `cannot infer query fields to set, '${twice}' is matched twice`);
  checkConflicts(equalities);
  const document: Document = {};
  for (const equality of equalities) applyChanges(document, [equality]);
  const { _id } = document;
  if ('replacement' in update) return { _id: _id ?? new ObjectId(), ...update.replacement };
  applyChanges(document, [...update.changes, ...update.onInsert]);
  checkId(document, _id);
  return { _id: document._id ?? new ObjectId(), ...document };
}
