import type { RequestHandler } from 'express';
import { problem } from '../../surveys/problems.ts';
import { type ApiToken, findToken } from './api-tokens.ts';
import type { Scope } from './scopes.ts';

/** Who may use a route: everyone, the holder of any token, or of a token with this scope. */
export type Access = 'public' | 'token' | Scope;

/**
 * Lets a request through whose `Authorization: Bearer` token allows it. Comes before the body is read, so
 * that nobody without a token can make the service parse anything.
 */
export function requireAccess(access: Access): RequestHandler {
  return async (request, response, next) => {
    if (access !== 'public') {
      response.locals.client = (await authorise(request.headers.authorization, access)).name;
    }
    next();
  };
}

async function authorise(header: string | undefined, access: Exclude<Access, 'public'>): Promise<ApiToken> {
  const text = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  const token = text === undefined ? undefined : await findToken(text);
  if (!token) throw problem('unauthenticated');
  if (access !== 'token' && !token.scopes.includes(access)) {
    throw problem('forbidden', { detail: `The token lacks the scope ${access}.` });
  }
  return token;
}
