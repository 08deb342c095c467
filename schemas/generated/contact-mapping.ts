/* Made from schemas/contact-mapping.schema.json by "npm run generate". Do not edit. */

export type ValueMapping = ConstantMapping | ColumnMapping | TemplateMapping;

/**
 * How the rows of a file become contacts. Column names are those of the header row (CSV) or the property names (NDJSON). A field whose value is empty is left out of the contact.
 */
export interface ContactMapping {
  /**
   * For people: where the file comes from and why it is mapped so.
   */
  description?: string;
  /**
   * IANA name of the zone of dates without an offset.
   */
  timeZone?: string;
  /**
   * Format of dates in Luxon's tokens, for instance dd-MM-yyyy HH:mm. Absent: ISO 8601.
   */
  dateFormat?: string;
  /**
   * Absent: found from the header row.
   */
  delimiter?: ',' | ';' | '\t' | '|';
  fields: {
    source: ValueMapping;
    id: ValueMapping;
    occurredAt: DateMapping;
    department: ValueMapping;
    channel: ValueMapping;
    product?: ValueMapping;
    stage?: ValueMapping;
    language?: ValueMapping;
    confidential?: ValueMapping;
    survey?: ValueMapping;
    email?: ValueMapping;
    phone?: ValueMapping;
    /**
     * A postal address, for letters. A row that lacks a part of it has no address.
     */
    address?: {
      name: ValueMapping;
      street: ValueMapping;
      houseNumber: ValueMapping;
      postcode: ValueMapping;
      city: ValueMapping;
    };
  };
}
/**
 * The same value for every row.
 */
export interface ConstantMapping {
  constant: string | boolean;
}
/**
 * The value of a column, as it is, by a table, or as a key.
 */
export interface ColumnMapping {
  column: string;
  /**
   * Table from the column's value (outer spaces removed) to the contact's.
   */
  values?: {
    [k: string]: string | boolean;
  };
  /**
   * What to do with a value that the table lacks: reject the row (the default), keep the value, or use another.
   */
  otherwise?:
    | ('reject' | 'keep')
    | {
        use: string | boolean;
      };
  /**
   * Make a kebab-case key of a value that no table translated: "Noise - Street/Sidewalk" becomes noise-street-sidewalk.
   */
  key?: boolean;
}
/**
 * Text with columns in braces: "case-{Number}". With |key the column's value is made a kebab-case key first: "{Opened|key}@example.org". Empty when one of its columns is empty.
 */
export interface TemplateMapping {
  template: string;
}
/**
 * The first of these columns that holds a plausible date.
 */
export interface DateMapping {
  /**
   * @minItems 1
   */
  dates: [DateColumn, ...DateColumn[]];
}
export interface DateColumn {
  column: string;
  /**
   * Another date column: an earlier date is not plausible (closed before it was opened).
   */
  notBefore?: string;
  /**
   * A date later than the moment of importing is not plausible and the next column is tried. Without this it is taken, and the contact is rejected for lying in the future.
   */
  notAfterNow?: boolean;
}
