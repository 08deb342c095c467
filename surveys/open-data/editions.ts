import mongoose from 'mongoose';
import { checkedOnWrite } from '../checked-on-write.ts';

/** One file of an edition, as it was when it was made and for good. */
export interface OpenDataFile {
  /** Its path under `/open-data/`: `customer-journey/3/department-channel-year.csv`. */
  _id: string;
  edition: string;
  /** Media type. */
  type: string;
  body: Buffer;
}

/** What an edition says of a file. */
export interface FileEntry {
  /** Last part of its path. */
  name: string;
  /** The table that it holds: dimensions and level of period, as in `name`. */
  table: string;
  type: string;
  bytes: number;
  /** SHA-256 over the bytes, hexadecimal. */
  checksum: string;
}

/** The tables of one release as open data. It exists once all its files are stored, and never changes. */
export interface OpenDataEdition {
  /** `survey/release`. */
  _id: string;
  survey: string;
  release: number;
  /** The checksum of the release. */
  checksum: string;
  publishedAt: Date;
  floor: number;
  /** First and last month that a figure is of. */
  from: string;
  to: string;
  files: FileEntry[];
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;

const fileSchema = new mongoose.Schema<OpenDataFile>(
  { _id: text, edition: text, type: text, body: { type: Buffer, required: true } },
  checkedOnWrite,
);

const editionSchema = new mongoose.Schema<OpenDataEdition>(
  {
    _id: text,
    survey: text,
    release: number,
    checksum: text,
    publishedAt: { type: Date, required: true },
    floor: number,
    from: text,
    to: text,
    files: [{ name: text, table: text, type: text, bytes: number, checksum: text, _id: false }],
  },
  checkedOnWrite,
);

const OpenDataFileModel = mongoose.model('OpenDataFile', fileSchema, 'openDataFiles');
const OpenDataEditionModel = mongoose.model('OpenDataEdition', editionSchema, 'openDataEditions');

export function editionId(survey: string, release: number): string {
  return `${survey}/${release}`;
}

/** All editions, the newest first. */
export async function listEditions(): Promise<OpenDataEdition[]> {
  const editions = await OpenDataEditionModel.find().lean();
  return editions.sort((a, b) => a.survey.localeCompare(b.survey) || b.release - a.release);
}

export async function findEdition(id: string): Promise<OpenDataEdition | undefined> {
  return (await OpenDataEditionModel.findById(id).lean()) ?? undefined;
}

/** A file with its bytes; undefined where its edition is not published. */
export async function findFile(
  id: string,
  name: string,
): Promise<{ entry: FileEntry; body: Buffer } | undefined> {
  const edition = await findEdition(id);
  const entry = edition?.files.find((file) => file.name === name);
  const file = entry && (await OpenDataFileModel.findById(`${id}/${name}`).lean());
  if (!entry || !file) return undefined;
  const { body } = file as { body: Buffer | { buffer: Uint8Array; position: number } };
  // The driver gives binary fields as its own type.
  return {
    entry,
    body: Buffer.isBuffer(body) ? body : Buffer.from(body.buffer.subarray(0, body.position)),
  };
}

/**
 * Stores an edition for good, its files first, so that a reader sees all of it or nothing. An edition that is there
 * already stays as it is; files that an attempt left behind are replaced.
 */
export async function storeEdition(
  edition: OpenDataEdition,
  files: readonly { name: string; type: string; body: Buffer }[],
): Promise<OpenDataEdition> {
  const known = await findEdition(edition._id);
  if (known) return known;
  for (const { name, type, body } of files) {
    const _id = `${edition._id}/${name}`;
    await OpenDataFileModel.replaceOne({ _id }, { _id, edition: edition._id, type, body }, { upsert: true });
  }
  await OpenDataEditionModel.updateOne({ _id: edition._id }, { $setOnInsert: edition }, { upsert: true });
  return (await findEdition(edition._id)) ?? edition;
}
