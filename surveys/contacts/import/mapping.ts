import { IANAZone } from 'luxon';
import schema from '../../../schemas/contact-mapping.schema.json' with { type: 'json' };
import type {
  ColumnMapping,
  ContactMapping,
  DateMapping,
  TemplateMapping,
  ValueMapping,
} from '../../../schemas/generated/contact-mapping.ts';
import { type Fault, type Validation, validator } from '../../../schemas/validate.ts';
import { timeZone as ruleZone } from '../../calendar.ts';
import { type DateReader, dateReader } from './dates.ts';
import { keyOf } from './key.ts';

/** A row of the file: column to text, outer spaces removed. */
export type Columns = ReadonlyMap<string, string>;

type Value = string | boolean;

/** A row as an item for `recordContacts`, which checks it; or why the mapping has nothing to say about it. */
export type MappedRow =
  | { ok: true; value: Record<string, unknown> }
  | { ok: false; reason: 'unmappedValue' | 'noDate'; fault: Fault };

const check = validator<ContactMapping>(schema);

/** A mapping that crossed the border: by its schema, and its time zone by the zones there are. */
export function checkMapping(value: unknown): Validation<ContactMapping> {
  const checked = check(value);
  if (!checked.ok) return checked;
  const { timeZone = ruleZone } = checked.value;
  if (IANAZone.isValidZone(timeZone)) return checked;
  return { ok: false, faults: [{ pointer: '/timeZone', code: 'timeZone', detail: 'is no IANA time zone' }] };
}

/** Every column that a mapping names. */
export function columnsOf({ fields }: ContactMapping): Set<string> {
  return new Set(
    Object.values(fields).flatMap((field) => {
      if ('dates' in field) {
        return field.dates.flatMap(({ column, notBefore }) => (notBefore ? [column, notBefore] : [column]));
      }
      if ('column' in field) return [field.column];
      return 'template' in field ? placeholdersOf(field.template).map(({ column }) => column) : [];
    }),
  );
}

/** What a row can't be mapped for; caught where the row is known. */
export class Unmappable extends Error {
  readonly reason: 'unmappedValue' | 'noDate';
  constructor(reason: 'unmappedValue' | 'noDate', detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/**
 * Prepares a checked mapping for many rows.
 * @returns maps one row; `now` is the moment of importing (for `notAfterNow`)
 */
export function compileMapping(mapping: ContactMapping): (row: Columns, now: Date) => MappedRow {
  const { occurredAt, email, phone, ...plain } = mapping.fields;
  const readDate = dateReader(mapping.dateFormat, mapping.timeZone ?? ruleZone);
  const fields = Object.entries(plain).map(([name, field]) => ({ name, read: compileValue(field) }));
  const addresses = Object.entries({ email, phone }).flatMap(([name, field]) =>
    field ? [{ name, read: compileValue(field) }] : [],
  );
  const date = compileDates(occurredAt, readDate);

  return (row, now) => {
    let current = 'occurredAt';
    const readAll = (readers: typeof fields) =>
      Object.fromEntries(
        readers.flatMap(({ name, read }) => {
          current = name;
          const value = read(row);
          return value === '' ? [] : [[name, value]];
        }),
      );
    try {
      const when = date(row, now).toISOString();
      const recipient = readAll(addresses);
      const value = { occurredAt: when, ...readAll(fields) };
      return { ok: true, value: Object.keys(recipient).length > 0 ? { ...value, recipient } : value };
    } catch (error) {
      if (!(error instanceof Unmappable)) throw error;
      const { reason, message } = error;
      return { ok: false, reason, fault: { pointer: `/${current}`, code: reason, detail: message } };
    }
  };
}

/** Prepares one field. The reader throws Unmappable for a value that its table lacks. */
export function compileValue(field: ValueMapping): (row: Columns) => Value {
  if ('constant' in field) return () => field.constant;
  return 'template' in field ? compileTemplate(field) : compileColumn(field);
}

function compileColumn({ column, values, otherwise = 'reject', key = false }: ColumnMapping) {
  const table = values && new Map(Object.entries(values));
  return (row: Columns): Value => {
    const text = row.get(column) ?? '';
    const translated = table?.get(text);
    if (translated !== undefined) return translated;
    if (text !== '' && table && otherwise !== 'keep') {
      if (otherwise !== 'reject') return otherwise.use;
      throw new Unmappable('unmappedValue', `the table has no value for this ${column}`);
    }
    return key ? keyOf(text) : text;
  };
}

function compileTemplate({ template }: TemplateMapping) {
  const placeholders = placeholdersOf(template);
  return (row: Columns): Value => {
    const parts = placeholders.map(({ column, asKey }) => {
      const text = row.get(column) ?? '';
      return asKey ? keyOf(text) : text;
    });
    if (parts.includes('')) return '';
    let next = 0;
    return template.replace(placeholder, () => parts[next++] ?? '');
  };
}

const placeholder = /\{([^{}|]+)(\|key)?\}/g;

function placeholdersOf(template: string): { column: string; asKey: boolean }[] {
  return Array.from(template.matchAll(placeholder), ([, column = '', key]) => ({
    column,
    asKey: key !== undefined,
  }));
}

function compileDates({ dates }: DateMapping, read: DateReader) {
  return (row: Columns, now: Date): Date => {
    const dateIn = (column: string) => read(row.get(column) ?? '');
    for (const { column, notBefore, notAfterNow = false } of dates) {
      const date = dateIn(column);
      const earliest = notBefore === undefined ? undefined : dateIn(notBefore);
      if (!date || (earliest && date < earliest) || (notAfterNow && date > now)) continue;
      return date;
    }
    throw new Unmappable('noDate', `no plausible date in ${dates.map(({ column }) => column).join(' or ')}`);
  };
}
