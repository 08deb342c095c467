import { IANAZone } from 'luxon';
import schema from '../../../schemas/contact-mapping.schema.json' with { type: 'json' };
import type {
  ContactMapping,
  DateMapping,
  ValueMapping,
} from '../../../schemas/generated/contact-mapping.ts';
import { type Fault, type Validation, validator } from '../../../schemas/validate.ts';
import { timeZone as ruleZone } from '../../calendar.ts';
import { type DateReader, dateReader } from './dates.ts';
import { type Columns, compileValue, placeholdersOf, Unmappable } from './values.ts';

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
    valuesOf(fields).flatMap((field) => {
      if ('dates' in field) {
        return field.dates.flatMap(({ column, notBefore }) => (notBefore ? [column, notBefore] : [column]));
      }
      if ('column' in field) return [field.column];
      return 'template' in field ? placeholdersOf(field.template).map(({ column }) => column) : [];
    }),
  );
}

/** The fields, those of a postal address among the others. */
function valuesOf({ address, ...fields }: ContactMapping['fields']): (DateMapping | ValueMapping)[] {
  return [...Object.values(fields), ...Object.values(address ?? {})];
}

/**
 * Prepares a checked mapping for many rows.
 * @returns maps one row; `now` is the moment of importing (for `notAfterNow`)
 */
export function compileMapping(mapping: ContactMapping): (row: Columns, now: Date) => MappedRow {
  const { occurredAt, email, phone, address = {}, ...plain } = mapping.fields;
  const readDate = dateReader(mapping.dateFormat, mapping.timeZone ?? ruleZone);
  const readers = (named: Record<string, ValueMapping | undefined>) =>
    Object.entries(named).flatMap(([name, field]) => (field ? [{ name, read: compileValue(field) }] : []));
  const fields = readers(plain);
  const addresses = readers({ email, phone });
  const parts = readers(address);
  const date = compileDates(occurredAt, readDate);

  return (row, now) => {
    let current = 'occurredAt';
    const readAll = (some: typeof fields) =>
      Object.fromEntries(
        some.flatMap(({ name, read }) => {
          current = name;
          const value = read(row);
          return value === '' ? [] : [[name, value]];
        }),
      );
    try {
      const when = date(row, now).toISOString();
      const postal = readAll(parts);
      const isWhole = parts.length > 0 && Object.keys(postal).length === parts.length;
      const recipient = { ...readAll(addresses), ...(isWhole && { address: postal }) };
      const value = { occurredAt: when, ...readAll(fields) };
      return { ok: true, value: Object.keys(recipient).length > 0 ? { ...value, recipient } : value };
    } catch (error) {
      if (!(error instanceof Unmappable)) throw error;
      const { reason, message } = error;
      return { ok: false, reason, fault: { pointer: `/${current}`, code: reason, detail: message } };
    }
  };
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
