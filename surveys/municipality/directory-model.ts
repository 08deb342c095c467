import mongoose from 'mongoose';
import type { DirectoryEntry } from '../../schemas/generated/directory-entry.ts';
import { checkedOnWrite } from '../checked-on-write.ts';

export const directoryKinds = ['department', 'channel', 'product'] as const;
export type DirectoryKind = (typeof directoryKinds)[number];

/** An entry as it is listed; `isNew` when it arrived with a contact and nobody has named it yet. */
export interface ListedEntry extends DirectoryEntry {
  key: string;
  isNew: boolean;
}

interface StoredEntry extends ListedEntry {
  _id: string;
  kind: DirectoryKind;
}

const directorySchema = new mongoose.Schema<StoredEntry>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true, enum: directoryKinds },
    key: { type: String, required: true },
    names: new mongoose.Schema({ nl: { type: String, required: true }, en: String }, { _id: false }),
    parent: String,
    email: String,
    isNew: { type: Boolean, required: true },
  },
  {
    ...checkedOnWrite,
    suppressReservedKeysWarning: true,
  },
);
directorySchema.index({ kind: 1, key: 1 });

export const DirectoryModel = mongoose.model('DirectoryEntry', directorySchema, 'directory');

/** The `_id` of an entry: `department:burgerzaken`. */
export function idOf(kind: DirectoryKind, key: string): string {
  return `${kind}:${key}`;
}
