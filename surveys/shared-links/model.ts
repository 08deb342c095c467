import mongoose from 'mongoose';
import { checkedOnWrite } from '../checked-on-write.ts';

/** What a link is handed out for. */
const purposes = ['round', 'card', 'kiosk', 'phone', 'arena'] as const;
export type Purpose = (typeof purposes)[number];

/**
 * A link by which many people answer one survey. It knows nothing of them: no list of who got it, no count by time.
 */
export interface SharedLink {
  /** Keyed hash of the code, 64 hex characters. */
  _id: string;
  /** The code itself, sealed: it is shown to the staff who hand it out, and is of no use to a reader of the store. */
  sealedCode: string;
  purpose: Purpose;
  /** Id of what the link belongs to: a round, a session. */
  about?: string;
  survey: string;
  /** Absent: the newest version at the moment of answering. */
  version?: number;
  department: string;
  channel: string;
  product?: string;
  stage?: string;
  /** How answers are given: `web`, `paper`, `kiosk`, `phone`. */
  mode: string;
  /** Month in which all its answers count, `2026-03`. Absent: the month of answering (Europe/Amsterdam). */
  month?: string;
  opensAt: Date;
  /** Moves to now when it is closed by hand. */
  closesAt: Date;
  /** What is answered in its department and month is in no release as long as this is true. */
  withheld: boolean;
}

const text = { type: String, required: true } as const;
const date = { type: Date, required: true } as const;

const sharedLinkSchema = new mongoose.Schema<SharedLink>(
  {
    _id: text,
    sealedCode: text,
    purpose: { ...text, enum: purposes },
    about: String,
    survey: text,
    version: Number,
    department: text,
    channel: text,
    product: String,
    stage: String,
    mode: text,
    month: String,
    opensAt: date,
    closesAt: date,
    withheld: { type: Boolean, required: true },
  },
  checkedOnWrite,
);
sharedLinkSchema.index({ purpose: 1, department: 1 });
sharedLinkSchema.index({ about: 1 });
sharedLinkSchema.index({ survey: 1, withheld: 1 });

export const SharedLinkModel = mongoose.model('SharedLink', sharedLinkSchema, 'sharedLinks');
