import { randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import { normaliseEmail } from '../../recipients/email.ts';
import { open, seal } from '../../recipients/sealing.ts';
import { type RoundRecipient, RoundRecipientModel } from './model.ts';

const sealingContext = 'round recipient';

/** Addresses as mails go to them, each mailbox once; and those that are none, by their place in the list. */
export function readAddresses(texts: readonly string[]): { mailTo: string[]; wrong: number[] } {
  const found = new Map<string, string>();
  const wrong: number[] = [];
  for (const [index, text] of texts.entries()) {
    const address = normaliseEmail(text);
    if (address) found.set(address.normalised, address.mailTo);
    else wrong.push(index);
  }
  return { mailTo: [...found.values()], wrong };
}

/** Keeps the addresses of a round, sealed, until it is over. */
export async function keepAddresses({ keys }: Context, round: string, mailTo: string[]): Promise<void> {
  const recipients = mailTo.map(
    (address): RoundRecipient => ({
      _id: randomBytes(16).toString('hex'),
      round,
      address: seal(keys.addressEncryption, Buffer.from(address), sealingContext),
    }),
  );
  if (recipients.length > 0) await RoundRecipientModel.insertMany(recipients);
}

/** Where a mail of a round goes, and of which round it is; undefined when the round is over. */
export async function recipientToMail(
  { keys }: Context,
  id: string,
): Promise<{ mailTo: string; round: string } | undefined> {
  const recipient = await RoundRecipientModel.findById(id).lean();
  const address = recipient && open(keys.addressEncryption, recipient.address, sealingContext);
  return recipient && address ? { mailTo: address.toString(), round: recipient.round } : undefined;
}

/** Everybody who gets the mails of a round. */
export async function recipientsOf(round: string): Promise<string[]> {
  return (await RoundRecipientModel.find({ round }, { _id: 1 }).lean()).map(({ _id }) => _id);
}

/**
 * Erases somebody's address from every round that is not over. There is no hash to find it by: each is opened, which are
 * as many as colleagues are asked just now.
 * @param normalised the mailbox, as `normaliseEmail` spells it
 * @returns in how many rounds it was
 */
export async function eraseRecipient({ keys }: Context, normalised: string): Promise<number> {
  const own: string[] = [];
  for await (const { _id, address } of RoundRecipientModel.find().lean().cursor()) {
    const mailTo = open(keys.addressEncryption, address, sealingContext)?.toString() ?? '';
    if (normaliseEmail(mailTo)?.normalised === normalised) own.push(_id);
  }
  return (await RoundRecipientModel.deleteMany({ _id: { $in: own } })).deletedCount;
}

export async function eraseAddresses(round: string): Promise<void> {
  await RoundRecipientModel.deleteMany({ round });
}
