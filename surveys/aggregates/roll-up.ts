import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import mongoose from 'mongoose';
import { ContactModel } from '../contacts/model.ts';
import type { Context } from '../context.ts';
import { InvitationModel } from '../invitations/model.ts';
import { acquireLease, type Lease, releaseLease, renewLease } from '../leases.ts';
import { ResponseModel } from '../responses/model.ts';
import { CellModel, VolumeModel } from './cells.ts';
import { parseCellKey, parseVolumeKey } from './keys.ts';
import { recountCell, recountVolume } from './recount.ts';

export interface RolledUp {
  /** Cells and volumes that were recounted. */
  cells: number;
  volumes: number;
}

/** Short, because after a crash nothing is counted until it is over. */
const leaseMs = 4_000;
/** Marks that are looked at in one go. */
const batch = 5_000;
/** Cells that are recounted side by side: their writes share the store's commits, and one renewal of the lease. */
const sideBySide = 32;
const owner = randomUUID();

/**
 * Recounts every cell and volume in which something changed since it was counted. One process at a time does so; in
 * the others this returns at once. The cost grows with the dirty cells, not with the responses of a survey.
 *
 * Correct without transactions: marks are read before the count and cleared only where `rev` is still the same, so a
 * change during the count leaves its mark; and a cell is replaced only by a count that is fenced no lower.
 */
export async function rollUp(ctx: Context): Promise<RolledUp> {
  const done: RolledUp = { cells: 0, volumes: 0 };
  const lease = await acquireLease('roll-up', owner, ctx.clock, leaseMs);
  if (!lease) return done;
  try {
    while (await rollUpSome(ctx, lease, done));
  } finally {
    await releaseLease(lease);
  }
  return done;
}

/** @returns whether there may be more */
async function rollUpSome(ctx: Context, lease: Lease, done: RolledUp): Promise<boolean> {
  const responses = await responseMarks();
  const [contacts, invitations] = [await volumeMarks(ContactModel), await volumeMarks(InvitationModel)];
  for (const cells of inGroups([...byKey(responses)])) {
    const keys = cells.map(([key]) => key);
    if (!(await replaceAll(ctx, lease, keys, replaceCell))) return false;
    const marks = cells.flatMap(([, marksOfCell]) => marksOfCell);
    await clearMarks(
      ResponseModel,
      marks.filter(({ deleted }) => !deleted),
    );
    await removeTombstones(marks.filter(({ deleted }) => deleted));
    done.cells += cells.length;
    await nextTurn();
  }
  const [contactsOf, invitationsOf] = [byKey(contacts), byKey(invitations)];
  for (const keys of inGroups([...new Set([...contactsOf.keys(), ...invitationsOf.keys()])])) {
    if (!(await replaceAll(ctx, lease, keys, replaceVolume))) return false;
    await clearMarks(
      ContactModel,
      keys.flatMap((key) => contactsOf.get(key) ?? []),
    );
    await clearMarks(
      InvitationModel,
      keys.flatMap((key) => invitationsOf.get(key) ?? []),
    );
    done.volumes += keys.length;
    await nextTurn();
  }
  return [responses, contacts, invitations].some(({ length }) => length === batch);
}

/** @returns false when the lease or a fence was lost: another process has taken over */
async function replaceAll(
  ctx: Context,
  lease: Lease,
  keys: string[],
  replace: (key: string, fence: number) => Promise<boolean>,
): Promise<boolean> {
  if (!(await renewLease(lease, ctx.clock, leaseMs))) return false;
  const replaced = await Promise.all(keys.map((key) => replace(key, lease.fence)));
  return !replaced.includes(false);
}

function inGroups<T>(items: T[]): T[][] {
  const groups: T[][] = [];
  for (let at = 0; at < items.length; at += sideBySide) groups.push(items.slice(at, at + sideBySide));
  return groups;
}

interface Mark {
  _id: string;
  key: string;
  rev: number;
  deleted: boolean;
}

type MarkedModel =
  | Pick<typeof ResponseModel, 'updateMany'>
  | Pick<typeof ContactModel, 'updateMany'>
  | Pick<typeof InvitationModel, 'updateMany'>;

async function responseMarks(): Promise<Mark[]> {
  const marked = await ResponseModel.find({ dirty: true }, { cell: 1, rev: 1, deleted: 1 })
    .limit(batch)
    .lean();
  return marked.map(({ _id, cell, rev, deleted = false }) => ({ _id, key: cell, rev, deleted }));
}

async function volumeMarks(model: typeof ContactModel | typeof InvitationModel): Promise<Mark[]> {
  const marked = await (model as typeof ContactModel)
    .find({ dirty: true }, { volume: 1, rev: 1 })
    .limit(batch)
    .lean();
  return marked.map(({ _id, volume, rev }) => ({ _id, key: volume, rev, deleted: false }));
}

function byKey(marks: Mark[]): Map<string, Mark[]> {
  const groups = new Map<string, Mark[]>();
  for (const mark of marks) {
    const group = groups.get(mark.key);
    if (group) group.push(mark);
    else groups.set(mark.key, [mark]);
  }
  return groups;
}

function replaceCell(key: string, fence: number): Promise<boolean> {
  return fenced(async () => {
    const counted = await recountCell(key);
    await CellModel.replaceOne(
      { _id: key, fence: { $lte: fence } },
      { ...parseCellKey(key), ...counted, fence },
      { upsert: true },
    );
  });
}

function replaceVolume(key: string, fence: number): Promise<boolean> {
  return fenced(async () => {
    const counted = await recountVolume(key);
    await VolumeModel.replaceOne(
      { _id: key, fence: { $lte: fence } },
      { ...parseVolumeKey(key), ...counted, fence },
      { upsert: true },
    );
  });
}

/** A newer fence in the stored document makes the filter miss and the upsert meet its key. */
async function fenced(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return false;
    throw error;
  }
}

/** Most documents of a batch have the same few revisions, so this is a few updates. */
async function clearMarks(model: MarkedModel, marks: Mark[]): Promise<void> {
  for (const [rev, ids] of idsByRev(marks)) {
    await (model as typeof ResponseModel).updateMany({ _id: { $in: ids }, rev }, { $set: { dirty: false } });
  }
}

async function removeTombstones(marks: Mark[]): Promise<void> {
  for (const [rev, ids] of idsByRev(marks)) {
    await ResponseModel.deleteMany({ _id: { $in: ids }, rev, deleted: true });
  }
}

function idsByRev(marks: Mark[]): Map<number, string[]> {
  const ids = new Map<number, string[]>();
  for (const { _id, rev } of marks) ids.set(rev, [...(ids.get(rev) ?? []), _id]);
  return ids;
}
