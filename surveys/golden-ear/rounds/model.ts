import mongoose from 'mongoose';
import { checkedOnWrite } from '../../checked-on-write.ts';

/** A quickscan round: one department answers the quickscan in one stretch of time. */
export interface Round {
  /** `burgerzaken-2026-03`: a department opens one round a month at most. */
  _id: string;
  department: string;
  /** Month in which it opens; all its answers count there, also those of the next month. */
  month: string;
  /** Version of the quickscan, fixed when the round is opened. */
  version: number;
  /** Id of the shared link. */
  link: string;
  /** Addresses that were given. They themselves are erased at the end. */
  asked: number;
  /** Whether the mails with the link were planned. */
  mailed: boolean;
  /** Whether the one reminder was planned. */
  reminded: boolean;
  /** Set when the result was made; from then on nothing of it changes. */
  result?: RoundRelease;
}

/** A statement, area or estimate of a round, as the release had it. */
export interface RoundFigure {
  /** Who answered it. */
  n: number;
  /** Mean on the scale of the answers: 0 to 3, the estimate 0 to 100. */
  mean: number;
  /** How many chose each level; for an area, how many respondents lie under 1, under 2, and from 2 on. */
  spread: number[];
  /** Standard deviation, of the estimate: the largest that fits what is published. */
  deviation?: number;
}

/** What stays of a round, whatever is released or published later. */
export interface RoundRelease {
  /** Number of the release that the figures are from. */
  release: number;
  /** Fewest answers that are shown. */
  floor: number;
  /** By question or area; what is not shown is not there. */
  figures: Record<string, RoundFigure>;
  /** Answers that count, and those left out by rule. */
  counted: number;
  flagged: number;
}

/** Somebody who gets the mails of a round. Not tied to an answer: nobody knows who answered. */
export interface RoundRecipient {
  /** Random, 32 hex characters. */
  _id: string;
  round: string;
  /** Sealed. */
  address: string;
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const flag = { type: Boolean, required: true } as const;
const options = { ...checkedOnWrite, minimize: false } as const;

const resultSchema = new mongoose.Schema<RoundRelease>(
  {
    release: number,
    floor: number,
    figures: { type: mongoose.Schema.Types.Mixed, required: true },
    counted: number,
    flagged: number,
  },
  { ...options, _id: false },
);

const roundSchema = new mongoose.Schema<Round>(
  {
    _id: text,
    department: text,
    month: text,
    version: number,
    link: text,
    asked: number,
    mailed: flag,
    reminded: flag,
    result: resultSchema,
  },
  options,
);
roundSchema.index({ department: 1, month: 1 });

const recipientSchema = new mongoose.Schema<RoundRecipient>(
  { _id: text, round: text, address: text },
  options,
);
recipientSchema.index({ round: 1 });

export const RoundModel = mongoose.model('Round', roundSchema, 'rounds');
export const RoundRecipientModel = mongoose.model('RoundRecipient', recipientSchema, 'roundRecipients');
