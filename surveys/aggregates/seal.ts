import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { acquireLease, type Lease, releaseLease } from '../leases.ts';
import { sideBySide } from '../side-by-side.ts';
import { CellModel, type Volume, VolumeModel } from './cells.ts';
import { countingLease, fenced, leaseMs } from './counting.ts';
import { parseCellKey, parseVolumeKey } from './keys.ts';
import { invitationCounts, recountCell, recountVolume } from './recount.ts';
import { sealOf } from './seals.ts';

/** What a volume is counted from; each part is sealed by itself. */
export type VolumePart = 'contacts' | 'invitations';

const patienceMs = 10_000;
const betweenMs = 25;

/**
 * Counts cells for the last time and seals them, each in one write: whoever looks sees either a cell that equals a
 * recount, or a sealed one. Those that are sealed stay as they are.
 * They are sealed side by side, so that their writes share the store's commits.
 * @returns false when the right to count was not to be had, or was lost: what is not sealed must be sealed later.
 */
export function sealCells(ctx: Context, keys: string[]): Promise<boolean> {
  return counting(ctx, async ({ fence }) => {
    const sealed = await sideBySide(keys, async (key) => {
      if (await CellModel.exists({ _id: key, seal: { $exists: true } })) return true;
      return fenced(async () => {
        const counted = await recountCell(key);
        await CellModel.replaceOne(
          { _id: key, fence: { $lte: fence }, seal: { $exists: false } },
          { ...parseCellKey(key), ...counted, seal: sealOf(counted), fence },
          { upsert: true },
        );
      });
    });
    return !sealed.includes(false);
  });
}

/** The same for a part of volumes. */
export function sealVolumes(ctx: Context, keys: string[], part: VolumePart): Promise<boolean> {
  return counting(ctx, async ({ fence }) => {
    const sealed = await sideBySide(keys, async (key) => {
      const stored = await VolumeModel.findById(key).lean();
      if (stored?.[sealName(part)]) return true;
      return fenced(async () => {
        const counted = await recountVolume(key, stored);
        const final = part === 'contacts' ? counted.contacts : invitationCounts(counted);
        await VolumeModel.replaceOne(
          { _id: key, fence: { $lte: fence } },
          {
            ...parseVolumeKey(key),
            ...counted,
            ...(stored && sealsOf(stored)),
            [sealName(part)]: sealOf(final),
            fence,
          },
          { upsert: true },
        );
      });
    });
    return !sealed.includes(false);
  });
}

export function sealName(part: VolumePart): 'contactsSeal' | 'invitationsSeal' {
  return part === 'contacts' ? 'contactsSeal' : 'invitationsSeal';
}

/** The seals of a volume, to keep when it is replaced. */
export function sealsOf({ contactsSeal, invitationsSeal }: Volume) {
  return { ...(contactsSeal && { contactsSeal }), ...(invitationsSeal && { invitationsSeal }) };
}

/** Works with the right to count, which a roll-up has now and then: waits for it a while. */
async function counting(ctx: Context, work: (lease: Lease) => Promise<boolean>): Promise<boolean> {
  const owner = randomUUID();
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const lease = await acquireLease(countingLease, owner, ctx.clock, leaseMs);
    if (lease) {
      try {
        return await work(lease);
      } finally {
        await releaseLease(lease);
      }
    }
    if (performance.now() > giveUpAt) return false;
    await wait(betweenMs);
  }
}
