import type { Keys } from '../keys.ts';
import { open, seal } from '../recipients/sealing.ts';

/** What a link in a mail to a follower does. A link for one does not do the other. */
export type FollowerLink = 'confirm' | 'stop';

const idBytes = 32;

/** The token of a link: the sealed id of the follower. It reaches the owner of the mailbox only. */
export function followerToken(keys: Keys, link: FollowerLink, id: string): string {
  return seal(keys.optOut, Buffer.from(id, 'hex'), `follower-${link}`);
}

/** @returns the id of the follower, or undefined when the token is not ours or for another link */
export function openFollowerToken(keys: Keys, link: FollowerLink, token: string): string | undefined {
  if (!/^[A-Za-z0-9_-]{80}$/.test(token)) return undefined;
  const id = open(keys.optOut, token, `follower-${link}`);
  return id?.length === idBytes ? id.toString('hex') : undefined;
}
