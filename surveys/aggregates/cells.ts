import mongoose from 'mongoose';
import { checkedOnWrite } from '../checked-on-write.ts';
import { type Seal, sealSchema } from './seals.ts';

/** Bin to number of answers. Histograms merge by adding bins, and every measure follows from them. */
export type Histogram = Record<string, number>;

/** The responses of one survey version, department, channel, product, stage, mode and month, as histograms. */
export interface Cell {
  /** surveys/aggregates/keys.ts `cellKey`. */
  _id: string;
  survey: string;
  version: number;
  department: string;
  channel: string;
  /** Empty when the contact named none. */
  product: string;
  /** Empty when the contact named none. */
  stage: string;
  mode: string;
  month: string;
  /** Responses. A question may have fewer answers. */
  n: number;
  /** Question key or derived key to its histogram. */
  histograms: Record<string, Histogram>;
  /** Fencing number of the roll-up that wrote it: a later one is never overwritten by an earlier. */
  fence: number;
  /** Present: this is for good, and never recounted. */
  seal?: Seal;
}

/** Denominators: what became of the contacts and invitations of one department, channel, product, stage, month. */
export interface VolumeCounts {
  /** Contacts by decision, by month of the contact. */
  contacts: Histogram;
  /** Invitations that were planned and not called off, by month of the planned send. */
  invited: number;
  /** Those that a mail server accepted. */
  accepted: number;
  /** Those of the accepted that came back. */
  bounced: number;
  /** Those that were answered and not withdrawn. */
  answered: number;
}

export interface Volume extends VolumeCounts {
  /** surveys/aggregates/keys.ts `volumeKey`. */
  _id: string;
  survey: string;
  department: string;
  channel: string;
  product: string;
  stage: string;
  month: string;
  fence: number;
  /** Present: `contacts` is for good. */
  contactsSeal?: Seal;
  /** Present: the counts of invitations are for good. */
  invitationsSeal?: Seal;
}

const text = { type: String, required: true } as const;
/** Mongoose takes an empty string for missing where a string is required. */
const textOrEmpty = { type: String, default: '' } as const;
const number = { type: Number, required: true } as const;
const mixed = { type: mongoose.Schema.Types.Mixed, required: true } as const;
const options = { ...checkedOnWrite, minimize: false } as const;

const cellSchema = new mongoose.Schema<Cell>(
  {
    _id: text,
    survey: text,
    version: number,
    department: text,
    channel: text,
    product: textOrEmpty,
    stage: textOrEmpty,
    mode: text,
    month: text,
    n: number,
    histograms: mixed,
    fence: number,
    seal: sealSchema,
  },
  options,
);
cellSchema.index({ survey: 1, month: 1 });

const volumeSchema = new mongoose.Schema<Volume>(
  {
    _id: text,
    survey: text,
    department: text,
    channel: text,
    product: textOrEmpty,
    stage: textOrEmpty,
    month: text,
    contacts: mixed,
    invited: number,
    accepted: number,
    bounced: number,
    answered: number,
    fence: number,
    contactsSeal: sealSchema,
    invitationsSeal: sealSchema,
  },
  options,
);
volumeSchema.index({ survey: 1, month: 1 });

export const CellModel = mongoose.model('Cell', cellSchema, 'cells');
export const VolumeModel = mongoose.model('Volume', volumeSchema, 'volumes');
