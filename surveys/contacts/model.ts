import mongoose from 'mongoose';
import { checkedOnWrite } from '../checked-on-write.ts';

/** Why a contact was not invited, in the order in which the rules are asked; `erased` was set afterwards. */
export const skipReasons = [
  'noSurvey',
  'confidential',
  'tooOld',
  'noAddress',
  'bouncedBefore',
  'optedOut',
  'sampledOut',
  'capped',
  'erased',
] as const;
export type SkipReason = (typeof skipReasons)[number];

/**
 * The ledger: what was decided about a contact, so that it is decided once. It holds no address, and its source
 * and id only as a keyed hash.
 */
export interface LedgerEntry {
  /** Keyed hash of source and id. */
  _id: string;
  survey: string;
  department: string;
  channel: string;
  product?: string;
  stage?: string;
  decision: 'invited' | 'skipped';
  reason?: SkipReason;
  /** The planned send, when invited. */
  sendAt?: Date;
  /** Keyed hash of the whole event: the same id with other content is another contact, not a repeat. */
  digest?: string;
  /** Month of the contact in Europe/Amsterdam. */
  month: string;
  /** Key of the volume in which it counts. */
  volume: string;
  /** Counts the changes, so that a roll-up clears only the mark of what it has counted. */
  rev: number;
  /** The volume must be recounted. */
  dirty: boolean;
}

const text = { type: String, required: true } as const;

const ledgerSchema = new mongoose.Schema<LedgerEntry>(
  {
    _id: text,
    survey: text,
    department: text,
    channel: text,
    product: String,
    stage: String,
    decision: { type: String, required: true, enum: ['invited', 'skipped'] },
    reason: { type: String, enum: skipReasons },
    sendAt: Date,
    digest: String,
    month: text,
    volume: text,
    rev: { type: Number, required: true },
    dirty: { type: Boolean, required: true },
  },
  checkedOnWrite,
);
ledgerSchema.index({ dirty: 1, volume: 1 });
ledgerSchema.index({ volume: 1 });

export const ContactModel = mongoose.model('Contact', ledgerSchema, 'contacts');
