import mongoose from 'mongoose';
import { checkedOnWrite } from '../checked-on-write.ts';
import type { Answers } from '../definitions/index.ts';

/**
 * One answer set, as stored. Nothing in it leads back to a person: the id is a keyed hash that only the holder of
 * the link (or of the external id and the salt of its import) can compute, and the finest time is a month.
 */
export interface Response {
  /** 64 hex characters. */
  _id: string;
  survey: string;
  version: number;
  /** Key of the cell in which this response counts. It stays, whatever is posted later. */
  cell: string;
  department: string;
  channel: string;
  product?: string;
  stage?: string;
  /** How the answers were given: `web` for the resident's page. */
  mode: string;
  /** Month of the first answer in Europe/Amsterdam, `2026-03`. */
  month: string;
  answers: Answers;
  /** Derived score key to its exact numerator (surveys/definitions/derived.ts). */
  derived: Record<string, number>;
  /** What its comment is about, as somebody who read it said. */
  themes?: string[];
  /** Counts the changes, so that a roll-up clears only the mark of what it has counted. */
  rev: number;
  /** The cell must be recounted. */
  dirty: boolean;
  /** A tombstone: its answers are gone, and it goes too once its cell was recounted. */
  deleted?: boolean;
  /** Left out by rule of all that is counted or read (surveys/shared-links/answering.ts). */
  flagged?: boolean;
}

const text = { type: String, required: true } as const;

const responseSchema = new mongoose.Schema<Response>(
  {
    _id: text,
    survey: text,
    version: { type: Number, required: true },
    cell: text,
    department: text,
    channel: text,
    product: String,
    stage: String,
    mode: text,
    month: text,
    answers: { type: mongoose.Schema.Types.Mixed, required: true },
    derived: { type: mongoose.Schema.Types.Mixed, required: true },
    // Without a default, a response would get an empty list.
    themes: { type: [String], default: undefined },
    rev: { type: Number, required: true },
    dirty: { type: Boolean, required: true },
    deleted: Boolean,
    flagged: Boolean,
  },
  { ...checkedOnWrite, minimize: false },
);
responseSchema.index({ dirty: 1, cell: 1 });
responseSchema.index({ cell: 1 });

export const ResponseModel = mongoose.model('Response', responseSchema, 'responses');
