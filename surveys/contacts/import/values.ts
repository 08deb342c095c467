import type {
  ColumnMapping,
  TemplateMapping,
  ValueMapping,
} from '../../../schemas/generated/contact-mapping.ts';
import { keyOf } from './key.ts';

/** A row of the file: column to text, outer spaces removed. */
export type Columns = ReadonlyMap<string, string>;

export type Value = string | boolean;

/** What a row can't be mapped for; caught where the row is known. */
export class Unmappable extends Error {
  readonly reason: 'unmappedValue' | 'noDate';
  constructor(reason: 'unmappedValue' | 'noDate', detail: string) {
    super(detail);
    this.reason = reason;
  }
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

/** The columns that a template names. */
export function placeholdersOf(template: string): { column: string; asKey: boolean }[] {
  return Array.from(template.matchAll(placeholder), ([, column = '', key]) => ({
    column,
    asKey: key !== undefined,
  }));
}
