import mongoose from 'mongoose';
import type { NewArenaCard } from '../../schemas/generated/arena-card.ts';
import type { NewArenaSession } from '../../schemas/generated/arena-session.ts';
import { checkedOnWrite } from '../checked-on-write.ts';

/** The four forms, by who answers and when. */
export const arenaForms = {
  participantBefore: 'client-arena-participant-before',
  listenerBefore: 'client-arena-listener-before',
  participantAfter: 'client-arena-participant-after',
  listenerAfter: 'client-arena-listener-after',
} as const;
export type ArenaForm = keyof typeof arenaForms;
export const arenaFormKeys = Object.keys(arenaForms) as ArenaForm[];

/** A client arena. */
export interface ArenaSession extends Omit<NewArenaSession, 'facilitatorEmail'> {
  /** `arena-2026-03-24-7f3a9c`: also the product that its answers are about, which tells its figures from others'. */
  _id: string;
  /** Sealed; gone once the check was mailed. */
  facilitatorAddress?: string;
  /** Id of the shared link of each form. */
  links: Record<ArenaForm, string>;
  /** Ids of the actions that were agreed. */
  actions: string[];
  /** Whether it is over and its figures were asked for. */
  closed: boolean;
  /** The day on which to look whether what was agreed was done, in Europe/Amsterdam. */
  checkOn: string;
  /** Whether the mail about that was planned. */
  checkMailed: boolean;
}

export const columns = ['goesWell', 'bottleneck', 'wish'] as const;
export type Column = NewArenaCard['column'];

/** A card on the board. */
export interface ArenaCard extends NewArenaCard {
  _id: string;
  session: string;
  /** Its place on the board, from 1 on. */
  place: number;
}

const text = { type: String, required: true } as const;

const sessionSchema = new mongoose.Schema<ArenaSession>(
  {
    _id: text,
    theme: text,
    department: text,
    date: text,
    place: text,
    facilitator: text,
    facilitatorAddress: String,
    links: {
      type: { participantBefore: text, listenerBefore: text, participantAfter: text, listenerAfter: text },
      required: true,
      _id: false,
    },
    actions: { type: [String], required: true },
    closed: { type: Boolean, required: true },
    checkOn: text,
    checkMailed: { type: Boolean, required: true },
  },
  checkedOnWrite,
);
sessionSchema.index({ department: 1, date: 1 });
sessionSchema.index({ closed: 1 });
sessionSchema.index({ checkOn: 1 });

const cardSchema = new mongoose.Schema<ArenaCard>(
  {
    _id: text,
    session: text,
    column: { ...text, enum: columns },
    text,
    place: { type: Number, required: true },
  },
  checkedOnWrite,
);
cardSchema.index({ session: 1, place: 1 });

export const ArenaSessionModel = mongoose.model('ArenaSession', sessionSchema, 'arenaSessions');
export const ArenaCardModel = mongoose.model('ArenaCard', cardSchema, 'arenaCards');
