import { timingSafeEqual } from 'node:crypto';
import type { Context } from '../context.ts';
import { isToken, mintToken } from '../invitations/tokens.ts';
import { keyedHash } from '../keys.ts';
import type { SharedLink } from './model.ts';

/** What a form of a shared link carries. Posted twice, it is one answer. */
export interface Ticket {
  /** Random; who holds it may change the answer given with it. */
  token: string;
  /** When the form was opened. */
  openedAt: Date;
}

type LinkId = Pick<SharedLink, '_id'>;

/** A signed text for the form that is opened now. `token`: of the answer that it changes. */
export function issueTicket({ keys, clock }: Context, { _id }: LinkId, token = mintToken()): string {
  const opened = clock.now().getTime().toString(36);
  return [token, opened, signature(keys.sharedLink, _id, token, opened)].join('.');
}

/** Reads a ticket of this link. @returns undefined when it is none, or was changed */
export function readTicket(
  { keys }: Pick<Context, 'keys'>,
  { _id }: LinkId,
  text: unknown,
): Ticket | undefined {
  if (typeof text !== 'string') return undefined;
  const [token = '', opened = '', given = '', ...more] = text.split('.');
  if (more.length > 0 || !isToken(token)) return undefined;
  const [expected, actual] = [
    Buffer.from(signature(keys.sharedLink, _id, token, opened)),
    Buffer.from(given),
  ];
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return undefined;
  return { token, openedAt: new Date(Number.parseInt(opened, 36)) };
}

function signature(key: Buffer, link: string, token: string, opened: string): string {
  return keyedHash(key, ['ticket', link, token, opened], 16);
}
