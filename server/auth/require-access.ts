import type { Request, RequestHandler, Response } from 'express';
import type { Context } from '../../surveys/context.ts';
import { problem } from '../../surveys/problems.ts';
import type { RateLimits } from '../protection/rate-limits.ts';
import { useToken } from './api-tokens.ts';
import { declares, everyone } from './declared-access.ts';
import type { Needed } from './permissions.ts';
import { grantsOfScopes, type Principal, reachOf, setPrincipal } from './principal.ts';

/** Who a browser's session belongs to; undefined without one. */
export type ReadSession = (request: Request) => Promise<Principal | undefined>;

/**
 * Lets a request to the API through that may use the route. Comes before the body is read, so that nobody without
 * access can make the service parse anything. A key may do what its scopes say. A session may read what its person may;
 * it changes nothing, so that no other site can make a browser change something here.
 */
export function requireAccess(
  { ctx, limits }: { ctx: Context; limits: RateLimits },
  access: 'public' | Needed,
  readSession: ReadSession,
): RequestHandler {
  if (access === 'public') return everyone;
  return declares(access, async (request, response, next) => {
    const { authorization } = request.headers;
    // A request that names a key is that key's, whatever cookies come along.
    const principal =
      authorization === undefined
        ? await readSession(request)
        : await identify(authorization, request, response);
    if (!principal) throw problem('unauthenticated');
    setPrincipal(response, principal, access);
    if (principal.kind === 'person' && request.method !== 'GET' && request.method !== 'HEAD') {
      throw problem('forbidden', { detail: 'A session reads only; to change something, use an API key.' });
    }
    if (reachOf(principal, access) === undefined) {
      const lacking = principal.kind === 'key' ? `The token lacks the scope ${access}.` : undefined;
      throw problem('forbidden', lacking === undefined ? {} : { detail: lacking });
    }
    next();
  });

  async function identify(
    authorization: string,
    request: Request,
    response: Response,
  ): Promise<Principal | undefined> {
    const text = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    const token = text === undefined ? undefined : await useToken(ctx, text);
    if (!token) {
      await limits.guess(request, response);
      return undefined;
    }
    await limits.key(request, response, token._id);
    return { kind: 'key', id: token.name, grants: grantsOfScopes(token.scopes, token.departments) };
  }
}
