import type { PersonalData, PersonalDataKind } from '../../surveys/responses/redaction.ts';
import { synonyms } from './labelled-comments.ts';

/** The least that redaction must reach for every kind. */
export const goals = { recall: 0.98, precision: 0.95 };

export interface KindScore {
  kind: PersonalDataKind | 'total';
  labels: number;
  /** Labels whose personal part is wholly marked. */
  hits: number;
  /** Hits of which a mark has the very borders of the label. */
  exact: number;
  marks: number;
  /** Marks that touch no label of their kind. */
  falseAlarms: number;
  /** Hits per label; undefined without labels. */
  recall: number | undefined;
  /** Marks that are no false alarm, per mark; undefined without marks. */
  precision: number | undefined;
}

export interface Marked {
  text: string;
  labels: PersonalData[];
  marks: PersonalData[];
}

export interface Judged {
  misses: PersonalData[];
  falseAlarms: PersonalData[];
}

/**
 * A label is a hit when marks of its kind cover its personal part: all its digits, and for e-mail, IBAN and what
 * is spelt in words also all its letters. So a street before a postcode may stay, half a phone number may not.
 * A mark is a false alarm when it touches no label of its kind.
 */
export function judge({ text, labels, marks }: Marked): Judged {
  return {
    misses: labels.filter((label) => !isHit(text, label, marks)),
    falseAlarms: marks.filter(
      (mark) => !labels.some((label) => label.kind === mark.kind && touch(label, mark)),
    ),
  };
}

/** Scores per kind, and in total as the last one. */
export function score(comments: Marked[]): KindScore[] {
  const kinds = Object.keys(synonyms) as PersonalDataKind[];
  return [...kinds.map((kind) => scoreOf(kind, comments)), scoreOf('total', comments)];
}

/** Whether a kind that occurs in the comments stays below one of the goals. */
export function isBelowGoals({ recall = 1, precision = 1 }: KindScore): boolean {
  return recall < goals.recall || precision < goals.precision;
}

function scoreOf(kind: KindScore['kind'], comments: Marked[]): KindScore {
  const isOfKind = (data: PersonalData) => kind === 'total' || data.kind === kind;
  const sum = (count: (comment: Marked) => number) =>
    comments.reduce((total, comment) => total + count(comment), 0);
  const labels = sum((comment) => comment.labels.filter(isOfKind).length);
  const marks = sum((comment) => comment.marks.filter(isOfKind).length);
  const hits = labels - sum((comment) => judge(comment).misses.filter(isOfKind).length);
  const falseAlarms = sum((comment) => judge(comment).falseAlarms.filter(isOfKind).length);
  const exact = sum(
    ({ labels, marks }) => labels.filter(isOfKind).filter((label) => hasTwin(label, marks)).length,
  );
  const recall = labels > 0 ? hits / labels : undefined;
  const precision = marks > 0 ? (marks - falseAlarms) / marks : undefined;
  return { kind, labels, hits, exact, marks, falseAlarms, recall, precision };
}

function isHit(text: string, label: PersonalData, marks: PersonalData[]): boolean {
  const own = marks.filter((mark) => mark.kind === label.kind && touch(label, mark));
  const part = text.slice(label.start, label.end);
  const digitsOnly = /\p{Nd}/u.test(part) && label.kind !== 'email' && label.kind !== 'iban';
  const personal = [...part.matchAll(digitsOnly ? /\p{Nd}/gu : /[\p{L}\p{Nd}]/gu)];
  return (
    own.length > 0 &&
    personal.every(({ index }) => {
      const at = label.start + index;
      return own.some(({ start, end }) => start <= at && at < end);
    })
  );
}

function hasTwin(label: PersonalData, marks: PersonalData[]): boolean {
  return marks.some(
    ({ kind, start, end }) => kind === label.kind && start === label.start && end === label.end,
  );
}

function touch(a: PersonalData, b: PersonalData): boolean {
  return a.start < b.end && b.start < a.end;
}
