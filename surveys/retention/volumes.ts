import { sealName, sealVolumes, VolumeModel, type VolumePart } from '../aggregates/index.ts';
import { ContactModel } from '../contacts/model.ts';
import type { Context } from '../context.ts';
import { InvitationModel } from '../invitations/model.ts';
import { dueStates, from } from '../invitations/states.ts';
import { sideBySide } from '../side-by-side.ts';
import { closeMonth } from './closed-months.ts';
import { type ErasingRun, eraseAll } from './run.ts';
import { inSlices } from './slices.ts';

/**
 * Erases the ledger entries of a survey up to a month (`2026-03`). Each volume is sealed first, so that the numbers of
 * contacts stay. A contact of such a month that is sent again is too old.
 */
export async function eraseContacts(
  ctx: Context,
  run: ErasingRun,
  survey: string,
  lastMonth: string,
): Promise<void> {
  const left = leftOf('contacts', survey, lastMonth);
  for (const month of await VolumeModel.distinct('month', left))
    await closeMonth('contacts', { survey, month });
  await inSlices(VolumeModel, left, async (keys) => {
    await eraseVolumes(ctx, run, keys, 'contacts');
  });
}

/** The same for invitations; a volume waits while one of its invitations is under way or can be answered. */
export async function eraseInvitations(
  ctx: Context,
  run: ErasingRun,
  survey: string,
  lastMonth: string,
): Promise<void> {
  await inSlices(VolumeModel, leftOf('invitations', survey, lastMonth), async (keys) => {
    const ended: string[] = [];
    for (const key of keys) if (!(await hasOpenInvitation(run, key))) ended.push(key);
    await eraseVolumes(ctx, run, ended, 'invitations');
  });
}

function leftOf(part: VolumePart, survey: string, lastMonth: string) {
  return { survey, month: { $lte: lastMonth }, [`${sealName(part)}.erased`]: { $ne: true } };
}

async function hasOpenInvitation({ now }: ErasingRun, volume: string): Promise<boolean> {
  const open = [{ state: { $in: [...dueStates] } }, { ...from('answer'), expiresAt: { $gt: now } }];
  return (await InvitationModel.exists({ volume, $or: open })) !== null;
}

async function eraseVolumes(ctx: Context, run: ErasingRun, keys: string[], part: VolumePart): Promise<void> {
  if (!(await sealVolumes(ctx, keys, part))) return;
  await sideBySide(keys, async (volume) => {
    if (part === 'contacts') await eraseAll(run, part, ContactModel, { volume });
    else await eraseAll(run, part, InvitationModel, { volume });
    const seal = sealName(part);
    await VolumeModel.updateOne(
      { _id: volume, [seal]: { $exists: true } },
      { $set: { [`${seal}.erased`]: true } },
    );
  });
  await run.betweenSlices();
}
