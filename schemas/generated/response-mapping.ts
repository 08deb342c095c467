/* Made from schemas/response-mapping.schema.json by "npm run generate". Do not edit. */

/**
 * How the rows of a CSV file with historic answers become responses. Wide: one row per person, one column per question or department (`columns`). Long: one row per answer (`long`), the rows of a person together.
 */
export type ResponseMapping = {
  /**
   * For people: where the file comes from and why it is mapped so.
   */
  description?: string;
  /**
   * Key of the survey whose questions the answers are of.
   */
  survey: string;
  /**
   * Absent: found from the header row.
   */
  delimiter?: ',' | ';' | '\t' | '|';
  /**
   * Format of dates in Luxon's tokens, for instance dd-MM-yyyy. Absent: ISO 8601.
   */
  dateFormat?: string;
  answerDate: FieldMapping;
  /**
   * What stands in a cell, besides nothing, where somebody did not answer: n.v.t., weet niet.
   */
  empty?: string[];
  /**
   * What the answers are about. A column of answers may say its own instead.
   */
  fields: {
    department?: FieldMapping1;
    channel?: FieldMapping1;
    product?: FieldMapping1;
    stage?: FieldMapping1;
    mode: FieldMapping1;
  };
  /**
   * The columns that hold answers. Columns about the same department, channel, product and stage make one response of a row.
   *
   * @minItems 1
   * @maxItems 500
   */
  columns?: [AnswerColumn, ...AnswerColumn[]];
  long?: LongForm;
} & {
  [k: string]: unknown;
};
/**
 * When the answers were given: a column, or the same date for all. Only the month is kept.
 */
export type FieldMapping =
  | {
      constant: string;
    }
  | {
      column: string;
      /**
       * Table from the column's value; another value rejects the row.
       */
      values?: {
        [k: string]: string;
      };
      /**
       * Make a kebab-case key of a value that no table translated.
       */
      key?: boolean;
    };
export type FieldMapping1 =
  | {
      constant: string;
    }
  | {
      column: string;
      /**
       * Table from the column's value; another value rejects the row.
       */
      values?: {
        [k: string]: string;
      };
      /**
       * Make a kebab-case key of a value that no table translated.
       */
      key?: boolean;
    };
/**
 * Key of a question of the survey.
 */
export type Question = string;
export type Key = string;

export interface AnswerColumn {
  column: string;
  question: Question;
  values?: ValueTable;
  department?: Key;
  channel?: Key;
  product?: Key;
  stage?: Key;
}
/**
 * From what stands in a cell to the answer. With a table, anything else does not fit.
 */
export interface ValueTable {
  [k: string]: string | number;
}
export interface LongForm {
  /**
   * The column that tells the rows of one person. It is not kept.
   */
  person: string;
  /**
   * The column that names the question.
   */
  question: string;
  /**
   * The column that holds the answer.
   */
  answer: string;
  /**
   * The file's names of questions, and what each is here.
   */
  questions: {
    [k: string]: LongQuestion;
  };
}
export interface LongQuestion {
  question: Question;
  values?: ValueTable;
}
