import { eraseOutboxOf, outboxDirectory } from '../../jobs/transport/index.ts';
import { eraseWishesOf } from '../../surveys/callbacks/index.ts';
import { eraseFacilitator } from '../../surveys/client-arena/index.ts';
import type { Context } from '../../surveys/context.ts';
import { eraseFollowersOf } from '../../surveys/followers/index.ts';
import { eraseRecipient } from '../../surveys/golden-ear/index.ts';
import { type ErasedAddress, eraseAddress, readAddress } from '../../surveys/invitations/index.ts';
import { addressHash } from '../../surveys/recipients/index.ts';
import { type AuditEvent, audit } from '../audit/index.ts';
import type { Config } from '../config.ts';

export interface ErasedForResident extends ErasedAddress {
  /** Mails in the local outbox. */
  outbox: number;
}

/**
 * Erases the address of a resident who asks for it, in the store and in the local outbox, and writes down that it was
 * done: by whom, never for whom.
 * @returns undefined when the text is no e-mail address, phone number or postcode with house number
 */
export async function eraseForResident(
  ctx: Context,
  { dataDir }: Pick<Config, 'dataDir'>,
  text: string,
  by: Pick<AuditEvent, 'who' | 'network'>,
): Promise<ErasedForResident | undefined> {
  const wanted = readAddress(text);
  if (!wanted) return undefined;
  const erased = await eraseAddress(ctx, wanted);
  if (wanted.kind === 'phone') await eraseWishesOf(ctx, wanted.normalised);
  const asStaff = wanted.kind === 'email' ? await eraseAmongStaff(ctx, wanted.normalised) : 0;
  await eraseFollowersOf(addressHash(ctx.keys, wanted.kind, wanted.normalised));
  const isOf = (address: string) => readAddress(address)?.normalised === wanted.normalised;
  const outbox = await eraseOutboxOf(outboxDirectory(dataDir), isOf);
  await audit(ctx, { ...by, what: 'address.erased' });
  return { ...erased, copies: erased.copies + asStaff, outbox };
}

/** Residents may be colleagues too: who is asked for a quickscan, and who leads an arena. */
async function eraseAmongStaff(ctx: Context, normalised: string): Promise<number> {
  return (await eraseRecipient(ctx, normalised)) + (await eraseFacilitator(ctx, normalised));
}
