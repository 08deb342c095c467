import mongoose from 'mongoose';
import { checkedOnWrite } from '../checked-on-write.ts';
import { type InvitationState, invitationStates } from './states.ts';

/**
 * One invitation: planned, sent, answered or ended. It keeps no time of answering, and nothing that names a response.
 * Its address is sealed, and erased when no mail can follow any more.
 */
export interface Invitation {
  /** Keyed hash of the contact, so that a contact has one invitation however often it is recorded. */
  _id: string;
  survey: string;
  version: number;
  department: string;
  channel: string;
  product?: string;
  stage?: string;
  /** ISO 639 code of the language the recipient reads best. */
  language: string;
  state: InvitationState;
  /** The planned send. */
  sendAt: Date;
  /** From then on it can't be answered. */
  expiresAt: Date;
  /** When a worker may take it: the next attempt, or the end of the lease. Absent once no mail is due. */
  nextAt?: Date;
  /** The claim that may record the outcome of the attempt under way. */
  lease?: string;
  /** Attempts so far to hand over the mail that is due. */
  attempts: number;
  /** Lookup hashes of the tokens, one per attempt, those of the reminder among them. */
  tokens: string[];
  /** Lookup hash of the token that answered first: it closed the others. */
  closedBy?: string;
  /** A mail server accepted the mail, or somebody proved to have it. */
  accepted: boolean;
  /** Sealed; opened only to send. */
  address?: string;
  addressHash?: string;
  /** Keyed hashes of the Message-IDs, by which a mail that comes back is recognised. */
  mails?: string[];
  /**
   * The request that planned it, so that its mail can be followed through the logs. Erased when the mail is handed over,
   * before anything can be answered.
   */
  requestId?: string;
  /** Month of `sendAt` in Europe/Amsterdam. */
  month: string;
  /** Key of the volume in which it counts. */
  volume: string;
  /** Counts the changes, so that a roll-up clears only the mark of what it has counted. */
  rev: number;
  /** The volume must be recounted. */
  dirty: boolean;
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const instant = { type: Date, required: true } as const;
const flag = { type: Boolean, required: true } as const;

const invitationSchema = new mongoose.Schema<Invitation>(
  {
    _id: text,
    survey: text,
    version: number,
    department: text,
    channel: text,
    product: String,
    stage: String,
    language: text,
    state: { type: String, required: true, enum: invitationStates },
    sendAt: instant,
    expiresAt: instant,
    nextAt: Date,
    lease: String,
    attempts: number,
    tokens: { type: [String], required: true },
    closedBy: String,
    accepted: flag,
    address: String,
    addressHash: String,
    mails: { type: [String], default: undefined },
    requestId: String,
    month: text,
    volume: text,
    rev: number,
    dirty: flag,
  },
  checkedOnWrite,
);
invitationSchema.index({ nextAt: 1 });
invitationSchema.index({ state: 1, expiresAt: 1 });
invitationSchema.index({ tokens: 1 });
invitationSchema.index({ addressHash: 1 });
invitationSchema.index({ mails: 1 });
invitationSchema.index({ dirty: 1, volume: 1 });
invitationSchema.index({ volume: 1 });

export const InvitationModel = mongoose.model('Invitation', invitationSchema, 'invitations');
