import { eraseContact, recordContacts } from '../../surveys/contacts/index.ts';
import {
  claimKlantcontact,
  endKlantcontact,
  type KlantcontactTables,
  openKlantSource,
  type PendingKlantcontact,
  retryKlantcontact,
  toContact,
} from '../../surveys/contacts/open-klant/index.ts';
import type { Context } from '../../surveys/context.ts';
import { backoffDelay } from '../backoff.ts';
import { fetchKlantcontact, type OpenKlantAccess } from './fetch-klantcontact.ts';

export type OpenKlantSettings = OpenKlantAccess & KlantcontactTables;

const leaseMs = 5 * 60_000;
const mostInARun = 200;
const pace = { baseMs: 60_000, maxMs: 3_600_000 };
/** A contact this old would not be asked about any more. */
const givenUpAfterMs = 30 * 86_400_000;

/**
 * Looks at the klantcontacten that are due and decides about them as about any contact. While Open Klant is away they
 * wait. @returns how many were taken up
 */
export async function takeKlantcontacten(ctx: Context, settings: OpenKlantSettings): Promise<number> {
  for (let count = 0; count < mostInARun; count += 1) {
    const pending = await claimKlantcontact(ctx, leaseMs);
    if (!pending) return count;
    await takeOne(ctx, settings, pending);
  }
  return mostInARun;
}

async function takeOne(
  ctx: Context,
  settings: OpenKlantSettings,
  pending: PendingKlantcontact,
): Promise<void> {
  const { uuid, heardAt } = pending;
  const fetched = pending.destroyed ? { kind: 'gone' as const } : await fetchKlantcontact(settings, uuid);
  if (fetched.kind === 'gone') await eraseContact(ctx, openKlantSource, uuid);
  else if (fetched.kind === 'found') {
    // One that became confidential after it was decided about: what is planned is cancelled.
    if (fetched.klantcontact.vertrouwelijk) await eraseContact(ctx, openKlantSource, uuid);
    const contact = toContact(fetched.klantcontact, settings, heardAt);
    if (contact) await recordContacts(ctx, [contact]);
    else ctx.log.warn('a klantcontact names no organisational unit, or no channel');
  } else {
    const { kind, reason } = fetched;
    ctx.log.warn({ kind, reason }, 'a klantcontact could not be read');
    if (ctx.clock.now().getTime() - heardAt.getTime() < givenUpAfterMs) {
      return retryKlantcontact(ctx, pending, backoffDelay(pending.attempts, pace, Math.random));
    }
  }
  await endKlantcontact(ctx, pending);
}
