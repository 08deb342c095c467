import type { Context } from '../context.ts';
import { keyedHash } from '../keys.ts';

/**
 * The local part of a mail's Message-ID, 32 hex characters: the same in each attempt, and another one for the reminder.
 * Nobody without the key can guess it, or tell from it which contact it was about.
 */
export function messageId({ keys }: Context, invitation: string, kind: 'invitation' | 'reminder'): string {
  return keyedHash(keys.message, kind === 'reminder' ? [invitation, kind] : [invitation], 16);
}

/** Under which an invitation knows its mails: the store alone can't be joined with the log of a mail server. */
export function mailLookup({ keys }: Context, messageId: string): string {
  return keyedHash(keys.message, ['lookup', messageId], 16);
}
