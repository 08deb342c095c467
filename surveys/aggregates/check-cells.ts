import { isDeepStrictEqual } from 'node:util';
import { ContactModel } from '../contacts/model.ts';
import { InvitationModel } from '../invitations/model.ts';
import { ResponseModel } from '../responses/model.ts';
import { CellModel, VolumeModel } from './cells.ts';
import { invitationCounts, recountCell, recountVolume } from './recount.ts';
import { isIntact } from './seals.ts';

/** A cell or volume that is not what a recount gives. */
export interface CellDifference {
  kind: 'cell' | 'volume';
  key: string;
  stored: unknown;
  /** Undefined where the counts were sealed and are no longer what was sealed. */
  counted: unknown;
  /** Something in it waits for the next roll-up, so a difference is no fault. */
  due: boolean;
}

/** How many cells there are, how many of them are sealed, and how many responses they count. */
export async function countCells(): Promise<{ cells: number; sealed: number; responses: number }> {
  const [sum] = await CellModel.aggregate<{ cells: number; responses: number }>([
    { $match: { n: { $gt: 0 } } },
    { $group: { _id: null, cells: { $sum: 1 }, responses: { $sum: '$n' } } },
  ]);
  const sealed = await CellModel.countDocuments({ n: { $gt: 0 }, seal: { $exists: true } });
  return { cells: sum?.cells ?? 0, sealed, responses: sum?.responses ?? 0 };
}

/**
 * Recounts everything and compares it with the stored cells and volumes. Where a roll-up is due there are
 * differences; afterwards there are none. What is sealed is compared with its seal instead. It walks along sorted keys, so memory stays the same whatever the size.
 * Safe beside a running service: what differs is looked at twice, since a roll-up may come between two reads.
 */
export async function checkCells(): Promise<CellDifference[]> {
  const differences: CellDifference[] = [];
  const cellKeys = merge([
    keysOf(ResponseModel.find({}, { cell: 1 }).sort({ cell: 1 }).lean().cursor(), ({ cell }) => cell),
    keysOf(CellModel.find({}, { _id: 1 }).sort({ _id: 1 }).lean().cursor(), ({ _id }) => _id),
  ]);
  for await (const key of cellKeys) {
    const difference = (await compareCell(key)) && (await compareCell(key));
    if (difference) differences.push(difference);
  }
  const volumeKeys = merge([
    keysOf(ContactModel.find({}, { volume: 1 }).sort({ volume: 1 }).lean().cursor(), ({ volume }) => volume),
    keysOf(
      InvitationModel.find({}, { volume: 1 }).sort({ volume: 1 }).lean().cursor(),
      ({ volume }) => volume,
    ),
    keysOf(VolumeModel.find({}, { _id: 1 }).sort({ _id: 1 }).lean().cursor(), ({ _id }) => _id),
  ]);
  for await (const key of volumeKeys) {
    const difference = (await compareVolume(key)) && (await compareVolume(key));
    if (difference) differences.push(difference);
  }
  return differences;
}

async function compareCell(key: string): Promise<CellDifference | undefined> {
  const stored = await CellModel.findById(key, { _id: 0, n: 1, histograms: 1, seal: 1 }).lean();
  if (stored?.seal) {
    const { seal, ...counts } = stored;
    return isIntact(seal, counts) ? undefined : broken('cell', key, counts);
  }
  const counted = await recountCell(key);
  if (stored ? isDeepStrictEqual({ ...stored }, counted) : counted.n === 0) return undefined;
  const due = (await ResponseModel.exists({ dirty: true, cell: key })) !== null;
  return { kind: 'cell', key, stored, counted, due };
}

async function compareVolume(key: string): Promise<CellDifference | undefined> {
  const stored = await VolumeModel.findById(key).lean();
  const counted = await recountVolume(key, stored);
  const counts = stored && { contacts: stored.contacts, ...invitationCounts(stored) };
  const { contactsSeal, invitationsSeal } = stored ?? {};
  if (counts && contactsSeal && !isIntact(contactsSeal, counts.contacts))
    return broken('volume', key, counts);
  if (counts && invitationsSeal && !isIntact(invitationsSeal, invitationCounts(counts))) {
    return broken('volume', key, counts);
  }
  if (isDeepStrictEqual(counts, counted)) return undefined;
  const marked = { dirty: true, volume: key };
  const marks = [await ContactModel.exists(marked), await InvitationModel.exists(marked)];
  return { kind: 'volume', key, stored: counts, counted, due: marks.some((mark) => mark !== null) };
}

/** Sealed counts that are no longer what was sealed: what they were can't be found out any more. */
function broken(kind: CellDifference['kind'], key: string, stored: object): CellDifference {
  return { kind, key, stored, counted: undefined, due: false };
}

async function* keysOf<T>(
  documents: AsyncIterable<T>,
  keyOf: (document: T) => string,
): AsyncGenerator<string> {
  let last: string | undefined;
  for await (const document of documents) {
    const key = keyOf(document);
    if (key !== last) yield key;
    last = key;
  }
}

/** The keys of sorted sources, sorted, each once. */
async function* merge(sources: AsyncGenerator<string>[]): AsyncGenerator<string> {
  const heads = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    const [least] = heads.flatMap((head) => (head.done ? [] : [head.value])).sort();
    if (least === undefined) return;
    yield least;
    for (const [index, head] of heads.entries()) {
      if (!head.done && head.value === least) heads[index] = await sources[index]!.next();
    }
  }
}
