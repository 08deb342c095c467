import type { Request, Response } from 'express';
import type { Context } from '../../surveys/context.ts';
import { problem } from '../../surveys/problems.ts';
import { fieldsOf } from '../pages/form-body.ts';
import { type SessionCookie, sessionCookie } from './cookie.ts';
import { csrfField, csrfToken, isCsrfToken } from './csrf.ts';
import { mintSecret } from './secrets.ts';
import { endSession, isSession, startSession } from './sessions.ts';

/** Who may see staff pages. One for all routes of staff. */
export interface StaffDoor {
  /** The form token of a signed-in visitor. Others are sent to the sign-in page, and the result is undefined. */
  enter(request: Request, response: Response): Promise<string | undefined>;
  /** The form token for a visitor who is not signed in yet; gives them a cookie for it. */
  visitorToken(request: Request, response: Response): string;
  /** @throws Problem `forbidden` when the posted form does not carry the token of its cookie. */
  checkForm(request: Request): void;
  signIn(request: Request, response: Response): Promise<void>;
  signOut(request: Request, response: Response): Promise<void>;
}

export function staffDoor(ctx: Context, baseUrl: string): StaffDoor {
  const cookie: SessionCookie = sessionCookie(baseUrl);
  const { keys } = ctx;
  return {
    async enter(request, response) {
      const secret = cookie.read(request);
      if (secret !== undefined && (await isSession(ctx, secret))) return csrfToken(keys, secret);
      response.redirect(303, '/sign-in');
      return undefined;
    },
    visitorToken(request, response) {
      const known = cookie.read(request);
      const secret = known ?? mintSecret();
      if (known === undefined) cookie.write(response, secret);
      return csrfToken(keys, secret);
    },
    checkForm(request) {
      const secret = cookie.read(request);
      if (secret === undefined || !isCsrfToken(keys, secret, fieldsOf(request)[csrfField]))
        throw problem('forbidden');
    },
    async signIn(request, response) {
      const before = cookie.read(request);
      if (before !== undefined) await endSession(ctx, before);
      cookie.write(response, await startSession(ctx));
    },
    async signOut(request, response) {
      const secret = cookie.read(request);
      if (secret !== undefined) await endSession(ctx, secret);
      cookie.clear(response);
    },
  };
}
