import mongoose from 'mongoose';
import { checkedOnWrite } from '../checked-on-write.ts';

/**
 * What short mails are about, other than invitations.
 *
 * - `callbackAlert`: tells a department that an urgent call-back wish waits. `about`: the department's key.
 * - `followConfirm`: asks whether who typed an address owns it. `about`: the id of the follower.
 * - `followNews`: tells a follower what was done. `about`: the id of the follower; `action`: what was done.
 * - `roundInvitation`, `roundReminder`: asks a colleague to answer the quickscan. `about`: the id of the recipient.
 * - `arenaCheck`: asks who led a client arena whether what was agreed was done. `about`: the id of the session.
 * - `overdueDigest`: tells a department how much is overdue, once a working day. `about`: the department's key.
 */
const noticeKinds = [
  'callbackAlert',
  'followConfirm',
  'followNews',
  'roundInvitation',
  'roundReminder',
  'arenaCheck',
  'overdueDigest',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** A short mail that is to go out once. It holds no address: that is looked up when it goes. */
export interface Notice {
  /** 32 hex characters: the local part of its Message-ID, the same for each attempt. */
  _id: string;
  kind: NoticeKind;
  about: string;
  action?: string;
  /** When to try (again); absent once it has gone or was given up. */
  nextAt?: Date;
  attempts: number;
  /** The day on which it was planned, in UTC; some time later it is erased. */
  plannedOn: string;
}

const text = { type: String, required: true } as const;

const noticeSchema = new mongoose.Schema<Notice>(
  {
    _id: text,
    kind: { ...text, enum: noticeKinds },
    about: text,
    action: String,
    nextAt: Date,
    attempts: { type: Number, required: true },
    plannedOn: text,
  },
  checkedOnWrite,
);
noticeSchema.index({ nextAt: 1 });
noticeSchema.index({ plannedOn: 1 });

export const NoticeModel = mongoose.model('Notice', noticeSchema, 'notices');
