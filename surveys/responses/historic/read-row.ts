import type {
  FieldMapping,
  ResponseMapping,
  ValueTable,
} from '../../../schemas/generated/response-mapping.ts';
import { inAmsterdam, timeZone } from '../../calendar.ts';
import { dateReader } from '../../contacts/import/dates.ts';
import { type Columns, compileValue, Unmappable } from '../../contacts/import/values.ts';
import type { PublishedSurvey } from '../../definitions/index.ts';

/** What is wrong in a row, and in which column. */
export interface RowFault {
  column: string;
  reason: string;
  detail: string;
}

/** One answer of a person, and what it is about. */
export interface GivenAnswer {
  column: string;
  question: string;
  answer: string | number;
  /** The fields of a response item besides its answers. */
  place: Readonly<Record<string, string>>;
}

export interface ReadRow {
  /** What tells this person's rows in a long file; in a wide one each row is a person. */
  person: string | undefined;
  answers: GivenAnswer[];
  faults: RowFault[];
}

type Cell = Omit<GivenAnswer, 'answer' | 'place'> & {
  values: ValueTable | undefined;
  own: Record<string, string>;
  text: string;
};

/** Prepares a checked mapping for many rows. All faults of a row are told, not only the first. */
export function rowReader(mapping: ResponseMapping, survey: PublishedSurvey): (row: Columns) => ReadRow {
  const { answerDate, fields, long } = mapping;
  const empty = new Set(['', ...(mapping.empty ?? [])]);
  const readDate = dateReader(mapping.dateFormat, timeZone);
  const dateText = compileValue(answerDate);
  const readers = Object.entries(fields).map(([name, field]) => ({
    name,
    column: columnOf(field),
    read: compileValue(field),
  }));
  const numeric = new Set(
    survey.questions.filter(({ scale }) => scale.kind === 'number').map(({ key }) => key),
  );

  return (row) => {
    const faults: RowFault[] = [];
    const place: Record<string, string> = { survey: survey.key };
    for (const { name, column, read } of readers) {
      const value = attempt(() => String(read(row)), column, faults);
      if (value) place[name] = value;
    }
    const text = attempt(() => String(dateText(row)), columnOf(answerDate), faults);
    const date = readDate(text ?? '');
    if (date) place.answerDate = inAmsterdam(date).toISODate() ?? '';
    else if (text !== undefined)
      faults.push({ column: columnOf(answerDate), reason: 'noDate', detail: 'holds no date of this form' });

    const answers: GivenAnswer[] = [];
    for (const { values, own, text, ...cell } of cellsOf(mapping, row, faults)) {
      if (empty.has(text)) continue;
      const answer = answerOf(text, values, numeric.has(cell.question));
      if (answer === undefined)
        faults.push({ column: cell.column, reason: 'unmappedValue', detail: notInTable });
      else answers.push({ ...cell, answer, place: { ...place, ...own } });
    }
    return { person: long && (row.get(long.person) ?? ''), answers, faults };
  };
}

const notInTable = 'holds a value that the table lacks';

function cellsOf({ columns, long }: ResponseMapping, row: Columns, faults: RowFault[]): Cell[] {
  if (long) {
    const named = long.questions[row.get(long.question) ?? ''];
    if (named)
      return [{ column: long.answer, ...withTable(named), own: {}, text: row.get(long.answer) ?? '' }];
    faults.push({
      column: long.question,
      reason: 'unmappedValue',
      detail: 'names a question that is not mapped',
    });
    return [];
  }
  return (columns ?? []).map(({ column, question, values, ...own }) => ({
    column,
    question,
    values,
    own,
    text: row.get(column) ?? '',
  }));
}

function withTable({ question, values }: { question: string; values?: ValueTable }) {
  return { question, values };
}

/** A cell as an answer; undefined when its table lacks it. What is no number stays text, and is refused by the scale. */
function answerOf(
  text: string,
  values: ValueTable | undefined,
  numeric: boolean,
): string | number | undefined {
  if (values) return Object.hasOwn(values, text) ? values[text] : undefined;
  return numeric && /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text;
}

function attempt(read: () => string, column: string, faults: RowFault[]): string | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Unmappable)) throw error;
    faults.push({ column, reason: error.reason, detail: notInTable });
    return undefined;
  }
}

function columnOf(field: FieldMapping): string {
  return 'column' in field ? field.column : '';
}
