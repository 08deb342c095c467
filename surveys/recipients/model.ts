import mongoose from 'mongoose';
import { checkedOnWrite } from '../checked-on-write.ts';

/** An address that was invited, or is about to be, and is left alone until then. */
export interface Cap {
  /** Address hash. */
  _id: string;
  /** The contact (ledger id) whose invitation took the cap: taking it again for the same contact changes nothing. */
  contact: string;
  until: Date;
  /** Of a household: keyed hash of the reference of the last letter, by which it is known when it comes back. */
  letter?: string;
}

/** An address that never gets a survey again: by its owner's wish, or because its mail server refused it. */
export interface RefusedAddress {
  /** Address hash. */
  _id: string;
}

const id = { type: String, required: true } as const;

const capSchema = new mongoose.Schema<Cap>(
  {
    _id: id,
    contact: { type: String, required: true },
    until: { type: Date, required: true },
    letter: String,
  },
  checkedOnWrite,
);

capSchema.index({ until: 1 });
capSchema.index({ letter: 1 });

export const CapModel = mongoose.model('Cap', capSchema, 'caps');
export const OptOutModel = mongoose.model(
  'OptOut',
  new mongoose.Schema<RefusedAddress>({ _id: id }, checkedOnWrite),
  'optOuts',
);
export const BounceModel = mongoose.model(
  'Bounce',
  new mongoose.Schema<RefusedAddress>({ _id: id }, checkedOnWrite),
  'bounces',
);
