import mongoose from 'mongoose';
import { checkedOnWrite } from '../../surveys/checked-on-write.ts';
import { type Keys, keyedHash } from '../../surveys/keys.ts';
import { type AuditAction, auditActions } from './actions.ts';

/** One line of the audit log, as stored. Each holds the seal of the one before, so none can change or go unnoticed. */
export interface AuditEntry {
  /** Its number, from 1. */
  _id: number;
  at: Date;
  who: string;
  what: AuditAction;
  on?: string;
  network?: string;
  /** Seal of the entry before; empty for the first. */
  previous: string;
  /** Keyed hash of all the rest: who can write the store without knowing SECRET_KEY can't make one. */
  seal: string;
}

const text = { type: String, required: true } as const;

export const AuditModel = mongoose.model(
  'AuditEntry',
  new mongoose.Schema<AuditEntry>(
    {
      _id: { type: Number, required: true },
      at: { type: Date, required: true },
      who: { ...text, maxlength: 200 },
      what: { type: String, required: true, enum: auditActions },
      on: { type: String, maxlength: 200 },
      network: String,
      previous: { type: String, default: '' },
      seal: text,
    },
    checkedOnWrite,
  ),
  'auditEntries',
);

/** The seal that an entry must have. */
export function sealOf(keys: Keys, entry: Omit<AuditEntry, 'seal'>): string {
  const { _id, at, who, what, on, network, previous } = entry;
  return keyedHash(keys.audit, [String(_id), at.toISOString(), who, what, on ?? '', network ?? '', previous]);
}
