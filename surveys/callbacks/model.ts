import mongoose from 'mongoose';
import { checkedOnWrite } from '../checked-on-write.ts';

/**
 * A resident's wish to be called back. It knows nothing of the answer: its id is derived from the link on another way,
 * and it holds neither survey, channel nor product.
 */
export interface CallbackWish {
  /** 64 hex characters (`tokenKeys(token).callback`): only the holder of the link can replace or withdraw it. */
  _id: string;
  department: string;
  /** The phone number in E.164, sealed under this id. Gone as soon as the wish was handled. */
  number?: string;
  /** The grade that came with it was low. */
  urgent: boolean;
  /** The last day of the service promise in Europe/Amsterdam, `2026-03-12`. */
  dueOn: string;
  /** Set once it was handled: whether that was in time. It then waits to be counted, and goes. */
  inTime?: boolean;
}

/** How the wishes of a department that were due in one month were handled. */
export interface CallbackCount {
  /** `department|2026-03`. */
  _id: string;
  department: string;
  month: string;
  inTime: number;
  late: number;
  /** Counts the changes. */
  rev: number;
  /** The wish that was counted last, until it is erased: a count that died half-way is completed by it. */
  last?: string;
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;

const wishSchema = new mongoose.Schema<CallbackWish>(
  {
    _id: text,
    department: text,
    number: String,
    urgent: { type: Boolean, required: true },
    dueOn: text,
    inTime: Boolean,
  },
  checkedOnWrite,
);
wishSchema.index({ dueOn: 1 });

const countSchema = new mongoose.Schema<CallbackCount>(
  { _id: text, department: text, month: text, inTime: number, late: number, rev: number, last: String },
  checkedOnWrite,
);

export const CallbackWishModel = mongoose.model('CallbackWish', wishSchema, 'callbacks');
export const CallbackCountModel = mongoose.model('CallbackCount', countSchema, 'callbackCounts');
