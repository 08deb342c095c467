import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { ContactModel } from '../contacts/model.ts';
import type { Context } from '../context.ts';
import { InvitationModel } from '../invitations/model.ts';
import { acquireLease, type Lease, releaseLease, renewLease } from '../leases.ts';
import { problem } from '../problems.ts';
import { ResponseModel } from '../responses/model.ts';
import { sideBySide } from '../side-by-side.ts';
import { CellModel, type Volume, type VolumeCounts, VolumeModel } from './cells.ts';
import { countingLease, fenced, leaseMs } from './counting.ts';
import { parseCellKey, parseVolumeKey } from './keys.ts';
import { atMost, byKey, clearMarks, removeTombstones, responseMarks, volumeMarks } from './marks.ts';
import { recountCell, recountVolumes } from './recount.ts';
import { sealsOf } from './seal.ts';

export interface RolledUp {
  /** Cells and volumes that were recounted. */
  cells: number;
  volumes: number;
}

/** Cells that are recounted side by side: their writes share the store's commits, and one renewal of the lease. */
const groupSize = 32;
const owner = randomUUID();

/**
 * Recounts every cell and volume in which something changed since it was counted. One process at a time does so; in
 * the others this returns at once. The cost grows with the dirty cells, not with the responses of a survey.
 *
 * Correct without transactions: marks are read before the count and cleared only where `rev` is still the same, so a
 * change during the count leaves its mark; and a cell is replaced only by a count that is fenced no lower.
 *
 * What is sealed is not counted again. A change that comes after the seal is too late to be counted; the erasing is
 * taken up again, so that it does not stay.
 *
 * `volumes: false` leaves the volumes for another time.
 */
export async function rollUp(ctx: Context, { volumes = true } = {}): Promise<RolledUp> {
  const done: RolledUp = { cells: 0, volumes: 0 };
  const lease = await acquireLease(countingLease, owner, ctx.clock, leaseMs);
  if (!lease) return done;
  try {
    while (await rollUpSome(ctx, lease, done, volumes));
  } finally {
    await releaseLease(lease);
  }
  return done;
}

/**
 * Waits until no roll-up is under way, and lets none begin for a minute or until the lease is given back. Before the
 * store becomes another one (a restore): a cell that was counted in the old one must not be written to the new one.
 * @throws Problem `unavailable` when one is still under way after half a minute
 */
export async function holdRollUps({ clock }: Pick<Context, 'clock'>): Promise<Lease> {
  const holder = randomUUID();
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const lease = await acquireLease(countingLease, holder, clock, 60_000);
    if (lease) return lease;
    await pause(100);
  }
  throw problem('unavailable', { detail: 'Answers are being counted; try again in a minute.' });
}

/** @returns whether there may be more */
async function rollUpSome(ctx: Context, lease: Lease, done: RolledUp, volumes: boolean): Promise<boolean> {
  const responses = await responseMarks();
  const contacts = volumes ? await volumeMarks(ContactModel) : [];
  const invitations = volumes ? await volumeMarks(InvitationModel) : [];
  for (const cells of inGroups([...byKey(responses)])) {
    const keys = cells.map(([key]) => key);
    const sealed = await reopenSealedCells(keys);
    const countable = keys.filter((key) => !sealed.has(key));
    if (!(await replaceAll(ctx, lease, countable, replaceCell))) return false;
    const marks = cells.flatMap(([, marksOfCell]) => marksOfCell);
    await clearMarks(
      ResponseModel,
      marks.filter(({ deleted }) => !deleted),
    );
    await removeTombstones(marks.filter(({ deleted }) => deleted));
    done.cells += countable.length;
    await nextTurn();
  }
  const [contactsOf, invitationsOf] = [byKey(contacts), byKey(invitations)];
  for (const keys of inGroups([...new Set([...contactsOf.keys(), ...invitationsOf.keys()])])) {
    const sealed = await reopenSealedVolumes(keys);
    const counted = await recountVolumes(keys, sealed);
    const replace = (key: string, fence: number) =>
      replaceVolume(key, fence, counted.get(key)!, sealed.get(key));
    if (!(await replaceAll(ctx, lease, keys, replace))) return false;
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
  return [responses, contacts, invitations].some(({ length }) => length === atMost);
}

/** @returns false when the lease or a fence was lost: another process has taken over */
async function replaceAll(
  ctx: Context,
  lease: Lease,
  keys: string[],
  replace: (key: string, fence: number) => Promise<boolean>,
): Promise<boolean> {
  if (!(await renewLease(lease, ctx.clock, leaseMs))) return false;
  const replaced = await sideBySide(keys, (key) => replace(key, lease.fence));
  return !replaced.includes(false);
}

function inGroups<T>(items: T[]): T[][] {
  const groups: T[][] = [];
  for (let at = 0; at < items.length; at += groupSize) groups.push(items.slice(at, at + groupSize));
  return groups;
}

function replaceCell(key: string, fence: number): Promise<boolean> {
  return fenced(async () => {
    const counted = await recountCell(key);
    await CellModel.replaceOne(
      { _id: key, fence: { $lte: fence }, seal: { $exists: false } },
      { ...parseCellKey(key), ...counted, fence },
      { upsert: true },
    );
  });
}

function replaceVolume(
  key: string,
  fence: number,
  counted: VolumeCounts,
  sealed: Volume | undefined,
): Promise<boolean> {
  return fenced(async () => {
    const seals = sealed && sealsOf(sealed);
    await VolumeModel.replaceOne(
      { _id: key, fence: { $lte: fence } },
      { ...parseVolumeKey(key), ...counted, ...seals, fence },
      { upsert: true },
    );
  });
}

/** Those of these cells that are sealed; what came after the seal is left to be erased. */
async function reopenSealedCells(keys: string[]): Promise<Set<string>> {
  const sealed = await CellModel.find({ _id: { $in: keys }, seal: { $exists: true } }, { _id: 1 }).lean();
  if (sealed.length === 0) return new Set();
  const ids = sealed.map(({ _id }) => _id);
  await CellModel.updateMany({ _id: { $in: ids } }, { $set: { 'seal.erased': false } });
  return new Set(ids);
}

async function reopenSealedVolumes(keys: string[]): Promise<Map<string, Volume>> {
  for (const part of ['contactsSeal', 'invitationsSeal'] as const) {
    await VolumeModel.updateMany(
      { _id: { $in: keys }, [`${part}.erased`]: true },
      { $set: { [`${part}.erased`]: false } },
    );
  }
  const either = [{ contactsSeal: { $exists: true } }, { invitationsSeal: { $exists: true } }];
  const sealed = await VolumeModel.find({ _id: { $in: keys }, $or: either }).lean();
  return new Map(sealed.map((volume) => [volume._id, volume]));
}
