import mongoose from 'mongoose';
import type { AggregateRow } from '../../../schemas/generated/aggregate-row.ts';
import { checkedOnWrite } from '../../checked-on-write.ts';
import { problem } from '../../problems.ts';
import type { PackedFacts } from '../facts.ts';
import type { PeriodLevel } from '../periods.ts';
import type { KeyDimension, ReleaseTable } from '../tables.ts';

/** What left the house on a day. It exists once all its rows are stored, and never changes. */
export interface Release {
  /** `survey@number`. */
  _id: string;
  survey: string;
  /** From 1 on, without gaps, per survey. */
  number: number;
  createdAt: Date;
  floor: number;
  target: number;
  /** The survey's own limit of "satisfied" for grades; absent: the scale's. */
  satisfiedFrom?: number;
  tables: ReleaseTable[];
  /** These tables and those of all releases before: together they must be safe. */
  tablesEver: ReleaseTable[];
  /** Rows that are not hidden. */
  shown: number;
  /** SHA-256, hexadecimal, over all rows. */
  checksum: string;
}

/** A row as long as it stayed the same: it belongs to all releases from one number to another. */
export interface ReleaseRow {
  _id: string;
  survey: string;
  question: string;
  year: string;
  /** `tableName` of the dimensions in `keys`. */
  table: string;
  level: PeriodLevel;
  period: string;
  keys: Partial<Record<KeyDimension, string>>;
  from: number;
  /** `stillCurrent` while no later release replaced it. */
  to: number;
  figures: Omit<AggregateRow, KeyDimension | 'period' | 'question'>;
}

/** What the next release needs to know of one question in one year. No reader touches it. */
export interface ReleaseState {
  _id: string;
  survey: string;
  question: string;
  year: string;
  /** First release that it is true for. */
  number: number;
  /** What the figures rest on besides the answers: when it changes, the year is worked out anew. */
  basis: string;
  /** First version of the question's meaning: answers of another meaning are another question. */
  since: number;
  /** Ids of the entries shown, deflated. */
  shown: Buffer;
  shownCount: number;
  /** The lower counts of hidden rows, deflated; absent without any. */
  lower?: Buffer;
  /** SHA-256 over the rows. */
  checksum: string;
  /** The answers that the release counts. */
  facts: PackedFacts;
}

export const stillCurrent = 2_147_483_647;

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const bytes = { type: Buffer, required: true } as const;
const mixed = { type: mongoose.Schema.Types.Mixed, required: true } as const;
const options = { ...checkedOnWrite, minimize: false } as const;

const releaseSchema = new mongoose.Schema<Release>(
  {
    _id: text,
    survey: text,
    number,
    createdAt: { type: Date, required: true },
    floor: number,
    target: number,
    satisfiedFrom: Number,
    tables: mixed,
    tablesEver: mixed,
    shown: number,
    checksum: text,
  },
  options,
);
releaseSchema.index({ survey: 1, number: 1 }, { unique: true });

const rowSchema = new mongoose.Schema<ReleaseRow>(
  {
    _id: text,
    survey: text,
    question: text,
    year: text,
    table: { type: String, default: '' },
    level: text,
    period: text,
    keys: mixed,
    from: number,
    to: number,
    figures: mixed,
  },
  options,
);
rowSchema.index({ survey: 1, question: 1, table: 1, level: 1, period: 1, to: 1 });
rowSchema.index({ survey: 1, question: 1, year: 1, to: 1 });
rowSchema.index({ survey: 1, from: 1 });
rowSchema.index({ survey: 1, to: 1 });

const stateSchema = new mongoose.Schema<ReleaseState>(
  {
    _id: text,
    survey: text,
    question: text,
    year: text,
    number,
    basis: text,
    since: number,
    shown: bytes,
    shownCount: number,
    lower: Buffer,
    checksum: text,
    facts: { type: { bins: [String], places: bytes, counts: bytes }, required: true, _id: false },
  },
  options,
);
stateSchema.index({ survey: 1, year: 1 });

export const ReleaseModel = mongoose.model('Release', releaseSchema, 'releases');
export const ReleaseRowModel = mongoose.model('ReleaseRow', rowSchema, 'releaseRows');
export const ReleaseStateModel = mongoose.model('ReleaseState', stateSchema, 'releaseStates');

/** The newest release of a survey. */
export async function newestRelease(survey: string): Promise<Release | undefined> {
  const [newest] = await ReleaseModel.find({ survey }).sort({ number: -1 }).limit(1).lean();
  return newest;
}

/**
 * The release of a survey by its number, or the newest.
 * @throws Problem `notFound` where there is no such release
 */
export async function findRelease({
  survey,
  release,
}: {
  survey: string;
  release?: string;
}): Promise<Release> {
  const found =
    release === undefined
      ? await newestRelease(survey)
      : await ReleaseModel.findOne({ survey, number: Number(release) }).lean();
  if (!found) throw problem('notFound', { detail: 'There is no such release yet.' });
  return found;
}
