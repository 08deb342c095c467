import { ObjectId } from 'bson';
import {
  add,
  type Document,
  isDocument,
  type Numeric,
  numberOf,
  ownOf,
  setField,
  type Value,
} from './bson.ts';
import { fail, notOffered } from './errors.ts';
import { isOperatorDocument } from './filter.ts';
import { compareValues, order, typeName } from './values.ts';

interface Operator {
  /** Throws when the operand is none for this operator; what it returns is given to `apply`. */
  accept?(operand: Value, path: string): Value;
  /** The field's new value; undefined removes it. */
  apply(current: Value | undefined, operand: Value, path: string): Value | undefined;
}

interface Change {
  operator: Operator;
  path: string;
  parts: readonly string[];
  operand: Value;
}

/** A compiled update: a whole new document, or changes to single fields; those for a new document alone apart. */
export type Update = { replacement: Document } | { changes: Change[]; onInsert: Change[] };

/** Adds one value, or those of `$each`, to an array: all or those that are new. */
function appending(
  code: 'BadValue' | 'TypeMismatch',
  isWanted: (list: Value[], value: Value) => boolean,
): Operator {
  return {
    accept(operand) {
      if (!isOperatorDocument(operand)) return [operand];
      const modifier = Object.keys(operand).find((name) => name !== '$each');
      if (modifier !== undefined) notOffered(`the modifier ${modifier} of $push and $addToSet`);
      return Array.isArray(operand.$each) ? operand.$each : fail(code, '$each needs an array');
    },
    apply(current, operand, path) {
      if (current !== undefined && !Array.isArray(current))
        return fail('BadValue', `The field '${path}' must be an array but is of type ${typeName(current)}`);
      const list = [...(current ?? [])];
      for (const value of operand as Value[]) if (isWanted(list, value)) list.push(value);
      return list;
    },
  };
}

const setting: Operator = { apply: (_, operand) => operand };
const removing: Operator = { apply: () => undefined };

/** Every update operator there is. */
const operators: Record<string, Operator> = {
  $set: setting,
  $setOnInsert: setting,
  $unset: removing,
  $max: {
    apply: (current, operand) =>
      current === undefined || compareValues(operand, current) > 0 ? operand : current,
  },
  $push: appending('BadValue', () => true),
  $addToSet: appending('TypeMismatch', (list, value) =>
    list.every((each) => compareValues(each, value) !== 0),
  ),
  $inc: {
    accept(operand, path) {
      if (numberOf(operand) !== undefined) return operand;
      return fail('TypeMismatch', `Cannot increment '${path}' with a non-numeric argument`);
    },
    apply(current, operand, path) {
      if (current === undefined) return operand;
      if (numberOf(current) === undefined)
        fail('TypeMismatch', `Cannot apply $inc to '${path}', which is of type ${typeName(current)}`);
      const sum = add(current as Numeric, operand as Numeric);
      return sum ?? fail('BadValue', `$inc of '${path}' overflows int64`);
    },
  },
};

function changeOf(operator: Operator, path: string, operand: Value): Change {
  const parts = path.split('.');
  if (parts.includes('')) fail('EmptyFieldName', `The update path '${path}' contains an empty field name`);
  const dollar = parts.find((part) => part.startsWith('$'));
  if (dollar === '$' || dollar?.startsWith('$[')) notOffered(`the positional operator ${dollar}`);
  if (dollar !== undefined)
    fail('DollarPrefixedFieldName', `the field name '${dollar}' starts with a dollar`);
  return { operator, path, parts, operand: operator.accept?.(operand, path) ?? operand };
}

function checkConflicts(changes: Change[]): void {
  for (const [i, { path }] of changes.entries()) {
    const other = changes.find((each, j) => i !== j && `${path}.`.startsWith(`${each.path}.`))?.path;
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
    const operator = ownOf(operators, name);
    if (!operator || !isDocument(operands))
      return fail('FailedToParse', `Unknown modifier, or one without a document of fields: ${name}`);
    const list = name === '$setOnInsert' ? compiled.onInsert : compiled.changes;
    for (const [path, operand] of Object.entries(operands)) list.push(changeOf(operator, path, operand));
  }
  checkConflicts([...compiled.changes, ...compiled.onInsert]);
  return compiled;
}

/** The top-level fields that an update may change in a document that is there; undefined for all. */
export function fieldsTouchedBy(update: Update): ReadonlySet<string> | undefined {
  return 'changes' in update ? new Set(update.changes.map(({ parts }) => parts[0] ?? '')) : undefined;
}

/** The document that holds the last part of the path; made on the way when `create`, otherwise undefined. */
function holderOf(root: Document, { path, parts }: Change, create: boolean): Document | undefined {
  let holder = root;
  for (const part of parts.slice(0, -1)) {
    let child = ownOf(holder, part);
    if (child === undefined && !create) return undefined;
    if (child === undefined) {
      child = {};
      setField(holder, part, child);
    }
    if (Array.isArray(child)) fail('PathNotViable', `'${path}' leads into an array, which is not offered`);
    if (!isDocument(child))
      return create ? fail('PathNotViable', `Cannot create '${path}': '${part}' is no document`) : undefined;
    holder = child;
  }
  return holder;
}

/** Makes the changes in the order of their paths: that of new fields in the document. */
function applyChanges(document: Document, changes: Change[]): void {
  const inOrder = changes.toSorted((a, b) => order(a.parts.join('\0'), b.parts.join('\0')));
  for (const change of inOrder) {
    const { operator, path, parts, operand } = change;
    const holder = holderOf(document, change, operator !== removing);
    if (holder === undefined) continue;
    const last = parts.at(-1) ?? '';
    const next = operator.apply(ownOf(holder, last), operand, path);
    if (next === undefined) delete holder[last];
    else setField(holder, last, next);
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
    return name.startsWith('$') || operand === undefined ? [] : [changeOf(setting, name, operand)];
  });
}

/** The document an upsert inserts when nothing matches; an `_id` is made when it is given nowhere. */
export function upserted(filter: Document, update: Update): Document {
  const equalities = equalitiesOf(filter);
  const twice = equalities.find(({ path }, i) => equalities.findIndex((each) => each.path === path) < i);
  if (twice)
    fail('NotSingleValueField', `cannot infer query fields to set, '${twice.path}' is matched twice`);
  checkConflicts(equalities);
  const document: Document = {};
  for (const equality of equalities) applyChanges(document, [equality]);
  const { _id } = document;
  if ('replacement' in update) return { _id: _id ?? new ObjectId(), ...update.replacement };
  applyChanges(document, [...update.changes, ...update.onInsert]);
  checkId(document, _id);
  return { _id: document._id ?? new ObjectId(), ...document };
}
