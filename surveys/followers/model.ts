import mongoose from 'mongoose';
import { checkedOnWrite } from '../checked-on-write.ts';

/** Somebody who asked to hear what improves for a product. Nothing ties it to an answer. */
export interface Follower {
  /** Keyed hash of the address and the product, 64 hex characters: who asks twice is there once. */
  _id: string;
  /** Keyed hash of the address, to find all of one person when they ask for erasure. */
  addressHash: string;
  /** The product; absent: what is about no product. */
  product?: string;
  /** The e-mail address, sealed under this id. */
  address: string;
  language: string;
  /** Whether the owner of the address has confirmed it. */
  confirmed: boolean;
  /** The month (`2026-03`) of the confirmation or of the last news: a year later it is erased. */
  month: string;
  /** The day after which it is erased when nobody confirmed it. */
  confirmBy: string;
}

const text = { type: String, required: true } as const;

const followerSchema = new mongoose.Schema<Follower>(
  {
    _id: text,
    addressHash: text,
    product: String,
    address: text,
    language: text,
    confirmed: { type: Boolean, required: true },
    month: text,
    confirmBy: text,
  },
  checkedOnWrite,
);
followerSchema.index({ product: 1, confirmed: 1 });
followerSchema.index({ addressHash: 1 });

export const FollowerModel = mongoose.model('Follower', followerSchema, 'followers');
