import { ObjectId } from 'bson';
import { checkStorable } from './bson/check.ts';
import { compareValues } from './bson/order.ts';
import { eachElement, readFields } from './bson/read.ts';
import {
  add,
  type Document,
  fieldOf,
  isDocument,
  numberOf,
  setField,
  typeName,
  type Value,
} from './bson/values.ts';
import { joinElements, writeDocument, writeElement } from './bson/write.ts';
import { notOffered, StoreError } from './errors.ts';
import { isOperatorDocument } from './match.ts';
import { isArrayIndex } from './paths.ts';

interface Change {
  operator: string;
  path: readonly string[];
  operand: Value;
}

/** A compiled update: a whole new document, or changes to single fields. */
export type Update = { replacement: Document } | { changes: readonly Change[]; fields: ReadonlySet<string> };

const offered = new Set('$set $unset $inc $min $max $setOnInsert $push $addToSet $currentDate'.split(' '));
const knownElsewhere = new Set('$mul $rename $pull $pullAll $pop $bit $pushAll'.split(' '));

const idAlone: ReadonlySet<string> = new Set(['_id']);

/** The furthest an array is padded with null by setting one of its elements. */
const furthestElement = 1_500_000;

function bad(message: string): StoreError {
  return new StoreError('BadValue', message);
}

function checkPath(path: string): string[] {
  const parts = path.split('.');
  if (parts.includes('')) {
    throw new StoreError(
      'EmptyFieldName',
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  const positional = parts.find((part) => part.startsWith('$'));
  if (positional === undefined) return parts;
  if (positional === '$' || positional.startsWith('$['))
    throw notOffered(`the positional operator ${positional}`);
  throw new StoreError(
    'DollarPrefixedFieldName',
    `The dollar ($) prefixed field '${positional}' in '${path}' is not valid for storage.`,
  );
}

/** The values `$push` and `$addToSet` add: one, or those of `$each`. */
function eachOf(operator: string, operand: Value): Value[] {
  if (!isOperatorDocument(operand)) return [operand];
  for (const modifier of Object.keys(operand)) {
    if (modifier !== '$each') throw notOffered(`the modifier ${modifier} of ${operator}`);
  }
  if (!Array.isArray(operand.$each)) {
    throw new StoreError(
      'TypeMismatch',
      `The argument to $each in ${operator} must be an array but it was of type ${typeName(operand.$each)}`,
    );
  }
  return operand.$each;
}

function checkOperand(operator: string, path: string, operand: Value): Value {
  if (operator === '$inc' && numberOf(operand) === undefined) {
    throw new StoreError(
      'TypeMismatch',
      `Cannot increment with non-numeric argument: {${path}: ${typeName(operand)}}`,
    );
  }
  if (operator === '$push' || operator === '$addToSet') return eachOf(operator, operand);
  if (operator === '$currentDate') {
    if (isDocument(operand) && operand.$type === 'timestamp')
      throw notOffered('$currentDate with $type timestamp');
    if (operand !== true && !(isDocument(operand) && operand.$type === 'date')) {
      throw bad(
        `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'date'}).`,
      );
    }
  }
  return operand;
}

function checkConflicts(changes: readonly Change[]): void {
  const sorted = changes.map((change) => change.path.join('.')).sort();
  const seen = new Set<string>();
  for (const path of sorted) {
    const parts = path.split('.');
    const above = parts.map((_, i) => parts.slice(0, i + 1).join('.')).find((prefix) => seen.has(prefix));
    if (above !== undefined) {
      throw new StoreError(
        'ConflictingUpdateOperators',
        `Updating the path '${path}' would create a conflict at '${above}'`,
      );
    }
    seen.add(path);
  }
}

/** Compiles an update. Throws a StoreError that names whatever is not an update of the subset. */
export function compileUpdate(update: Value | undefined): Update {
  if (Array.isArray(update)) throw notOffered('an update with an aggregation pipeline');
  if (!isDocument(update)) {
    throw new StoreError('FailedToParse', 'Update argument must be either an object or an array');
  }
  const names = Object.keys(update);
  if (!names[0]?.startsWith('$')) {
    const operator = names.find((name) => name.startsWith('$'));
    if (operator !== undefined) {
      throw new StoreError(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${operator}' in '${operator}' is not allowed in the context of an update's replacement document.`,
      );
    }
    return { replacement: update };
  }
  const changes: Change[] = [];
  for (const [operator, operands] of Object.entries(update)) {
    if (knownElsewhere.has(operator)) throw notOffered(`the update operator ${operator}`);
    if (!offered.has(operator)) throw new StoreError('FailedToParse', `Unknown modifier: ${operator}.`);
    if (!isDocument(operands)) {
      throw new StoreError(
        'FailedToParse',
        `Modifiers operate on fields but we found type ${typeName(operands)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ...}`,
      );
    }
    for (const [path, operand] of Object.entries(operands)) {
      changes.push({ operator, path: checkPath(path), operand: checkOperand(operator, path, operand) });
    }
  }
  checkConflicts(changes);
  return { changes, fields: new Set(changes.map((change) => change.path[0] as string)) };
}

type Container = Document | Value[];

function childOf(container: Container, part: string): Value | undefined {
  if (!Array.isArray(container)) return fieldOf(container, part);
  return isArrayIndex(part) ? container[Number(part)] : undefined;
}

function setChild(container: Container, part: string, value: Value): void {
  if (!Array.isArray(container)) {
    setField(container, part, value);
    return;
  }
  const index = Number(part);
  if (index > furthestElement) throw bad(`can't backfill more than ${furthestElement} elements`);
  while (container.length < index) container.push(null);
  container[index] = value;
}

function notViable(part: string, parent: string, value: Value | undefined): StoreError {
  return new StoreError(
    'PathNotViable',
    `Cannot create field '${part}' in element {${parent}: (${typeName(value)})}`,
  );
}

/** The document or array that holds the last part of the path; made on the way when `create`, otherwise undefined. */
function holderOf(root: Document, path: readonly string[], create: boolean): Container | undefined {
  let container: Container = root;
  for (let i = 0; i < path.length; i += 1) {
    const part = path[i] as string;
    if (Array.isArray(container) && !isArrayIndex(part)) {
      if (!create) return undefined;
      throw notViable(part, path[i - 1] ?? '', container);
    }
    if (i === path.length - 1) break;
    const child = childOf(container, part);
    if (child === undefined) {
      if (!create) return undefined;
      const made: Document = {};
      setChild(container, part, made);
      container = made;
    } else if (isDocument(child) || Array.isArray(child)) container = child;
    else if (create) throw notViable(path[i + 1] as string, part, child);
    else return undefined;
  }
  return container;
}

function increment(current: Value | undefined, operand: Value, path: string, id: Value | undefined): Value {
  if (current === undefined) return operand;
  if (numberOf(current) === undefined) {
    throw new StoreError(
      'TypeMismatch',
      `Cannot apply $inc to a value of non-numeric type. {_id: ${typeName(id)}} has the field '${path}' of non-numeric type ${typeName(current)}`,
    );
  }
  const sum = add(current, operand);
  if (sum === undefined)
    throw bad(`Failed to apply $inc operations to current value of '${path}': it overflows int64`);
  return sum;
}

function appended(current: Value | undefined, { operator, operand, path }: Change): Value[] {
  const values = operand as Value[];
  const name = path.join('.');
  if (current !== undefined && !Array.isArray(current)) {
    throw bad(
      operator === '$push'
        ? `The field '${name}' must be an array but is of type ${typeName(current)} in document`
        : `Cannot apply $addToSet to non-array field. Field named '${name}' has non-array type ${typeName(current)}`,
    );
  }
  const list = current ?? [];
  if (operator === '$push') return [...list, ...values];
  const added: Value[] = [];
  for (const value of values) {
    const known = (other: Value) => compareValues(other, value) === 0;
    if (!list.some(known) && !added.some(known)) added.push(value);
  }
  return [...list, ...added];
}

function applyChange(root: Document, change: Change, now: Date, id: Value | undefined): void {
  const { operator, path, operand } = change;
  const last = path[path.length - 1] as string;
  if (operator === '$unset') {
    const holder = holderOf(root, path, false);
    if (holder === undefined || childOf(holder, last) === undefined) return;
    if (Array.isArray(holder)) holder[Number(last)] = null;
    else delete holder[last];
    return;
  }
  const holder = holderOf(root, path, true) as Container;
  const current = childOf(holder, last);
  switch (operator) {
    case '$set':
    case '$setOnInsert':
      setChild(holder, last, operand);
      break;
    case '$inc':
      setChild(holder, last, increment(current, operand, path.join('.'), id));
      break;
    case '$min':
      if (current === undefined || compareValues(operand, current) < 0) setChild(holder, last, operand);
      break;
    case '$max':
      if (current === undefined || compareValues(operand, current) > 0) setChild(holder, last, operand);
      break;
    case '$currentDate':
      setChild(holder, last, now);
      break;
    default:
      setChild(holder, last, appended(current, change));
  }
}

function immutableId(): StoreError {
  return new StoreError(
    'ImmutableField',
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}

/**
 * The document's bytes after the update; the same bytes mean nothing changed. Fields the update doesn't touch are
 * copied as they are. Throws a StoreError before anything is changed.
 */
export function applyUpdate(raw: Buffer, update: Update): Buffer {
  const id = readFields(raw, idAlone)._id;
  if ('replacement' in update) {
    const given = fieldOf(update.replacement, '_id');
    if (given !== undefined && compareValues(given, id) !== 0) {
      throw new StoreError(
        'ImmutableField',
        "After applying the update, the (immutable) field '_id' was found to have been altered",
      );
    }
    return storable({ _id: id ?? null, ...update.replacement, ...(id !== undefined && { _id: id }) });
  }
  const before = readFields(raw, update.fields);
  const now = new Date();
  for (const change of update.changes) {
    if (change.operator !== '$setOnInsert') applyChange(before, change, now, id);
  }
  if (update.fields.has('_id') && (before._id === undefined || compareValues(before._id, id) !== 0)) {
    throw immutableId();
  }
  const after = splice(raw, before, update.fields);
  checkStorable(after);
  return after;
}

/** The bytes of a document with some top-level fields given anew (or left out); new ones come last. */
function splice(raw: Buffer, fields: Document, touched: ReadonlySet<string>): Buffer {
  const elements: Buffer[] = [];
  const written = new Set<string>();
  eachElement(raw, (name, _type, start, _valueStart, valueEnd) => {
    if (!touched.has(name)) elements.push(raw.subarray(start, valueEnd));
    else {
      const value = fieldOf(fields, name);
      if (value !== undefined) elements.push(writeElement(name, value));
      written.add(name);
    }
  });
  for (const [name, value] of Object.entries(fields)) {
    if (!written.has(name)) elements.push(writeElement(name, value));
  }
  return joinElements(elements);
}

function storable(document: Document): Buffer {
  const raw = writeDocument(document);
  checkStorable(raw);
  return raw;
}

/** The fields a filter fixes by equality: they become part of a document made by an upsert. */
function equalitiesOf(filter: Document, into: Map<string, Value>): Map<string, Value> {
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and' || (name === '$or' && Array.isArray(condition) && condition.length === 1)) {
      for (const clause of condition as Value[]) if (isDocument(clause)) equalitiesOf(clause, into);
    } else if (!name.startsWith('$') && typeName(condition) !== 'regex') {
      const value = isOperatorDocument(condition) ? condition.$eq : condition;
      if (value === undefined) continue;
      if (into.has(name)) {
        throw new StoreError(
          'NotSingleValueField',
          `cannot infer query fields to set, path '${name}' is matched twice`,
        );
      }
      into.set(name, value);
    }
  }
  return into;
}

/** The document an upsert inserts when nothing matches. `_id` comes first and is made when it is given nowhere. */
export function upserted(filter: Document, update: Update): Buffer {
  const equalities = equalitiesOf(filter, new Map());
  const document: Document = {};
  if ('replacement' in update) {
    const id = fieldOf(update.replacement, '_id') ?? equalities.get('_id') ?? new ObjectId();
    return storable({ _id: id, ...update.replacement });
  }
  const base = [...equalities].map(([path, operand]) => ({
    operator: '$set',
    path: path.split('.'),
    operand,
  }));
  checkConflicts(base);
  const now = new Date();
  for (const change of base) applyChange(document, change, now, undefined);
  const fixedId = document._id;
  for (const change of update.changes) applyChange(document, change, now, fixedId);
  if (fixedId !== undefined && compareValues(document._id, fixedId) !== 0) throw immutableId();
  return storable(Object.assign({ _id: document._id ?? new ObjectId() }, document));
}

/** Reads the `_id` of a stored document. */
export function idOf(raw: Buffer): Value {
  return readFields(raw, idAlone)._id ?? null;
}

/** A document to insert, with its `_id` in first place; one is made when there is none. */
export function insertable(raw: Buffer): Buffer {
  let idStart = -1;
  let idEnd = -1;
  eachElement(raw, (name, _type, start, _valueStart, valueEnd) => {
    if (name === '_id') [idStart, idEnd] = [start, valueEnd];
  });
  let document = raw;
  if (idStart < 0) {
    document = joinElements([writeElement('_id', new ObjectId()), raw.subarray(4, -1)]);
  } else if (idStart !== 4) {
    document = joinElements([
      raw.subarray(idStart, idEnd),
      raw.subarray(4, idStart),
      raw.subarray(idEnd, -1),
    ]);
  }
  checkStorable(document);
  return document;
}
