import mongoose from 'mongoose';
import type { NewAction } from '../../schemas/generated/action.ts';
import type { ActionTold } from '../../schemas/generated/action-told.ts';
import { checkedOnWrite } from '../checked-on-write.ts';

const actionStates = ['planned', 'done', 'stopped'] as const;
export type ActionState = (typeof actionStates)[number];

/** What residents read of an action. */
export interface Told extends ActionTold {
  /** The day on which it was published, in Europe/Amsterdam. */
  on: string;
  /** Whether the mails to who follows the product were planned. */
  mailed: boolean;
}

/** An improvement: from a signal, by somebody, by a day, until its effect is known and told. */
export interface Action extends NewAction {
  /** 24 hex characters, at random. */
  _id: string;
  /** The day on which it was planned, in Europe/Amsterdam. */
  plannedOn: string;
  state: ActionState;
  /** The day on which it was done. */
  doneOn?: string;
  told?: Told;
}

const text = { type: String, required: true } as const;
const inside = { _id: false, strict: 'throw' } as const;

const actionSchema = new mongoose.Schema<Action>(
  {
    _id: text,
    department: text,
    product: String,
    signal: { type: new mongoose.Schema({ kind: text, month: text, about: text }, inside), required: true },
    what: text,
    owner: text,
    by: text,
    measure: new mongoose.Schema({ survey: text, question: text }, inside),
    plannedOn: text,
    state: { ...text, enum: actionStates },
    doneOn: String,
    told: new mongoose.Schema(
      { said: text, did: text, on: text, mailed: { type: Boolean, required: true } },
      inside,
    ),
  },
  checkedOnWrite,
);
actionSchema.index({ department: 1 });
actionSchema.index({ product: 1, 'told.on': 1 });

export const ActionModel = mongoose.model('Action', actionSchema, 'actions');
