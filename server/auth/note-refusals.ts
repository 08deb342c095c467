import type { Request, Response } from 'express';
import type { Keys } from '../../surveys/keys.ts';
import { keyedHash } from '../../surveys/keys.ts';
import type { Problem } from '../../surveys/problems.ts';
import { audit, byRequest } from '../audit/index.ts';
import { routeOf } from '../request-log.ts';
import type { Services } from '../services.ts';
import { neededOf, type Principal, principalOf } from './principal.ts';

/** The problems that mean: we know who you are, and you may not do this. */
const refusals: ReadonlySet<Problem['code']> = new Set(['forbidden', 'otherDepartment']);

const hourMs = 3_600_000;

/** Tells the operator of what somebody who is known was refused; anything else it leaves alone. */
export type NoteRefusal = (request: Request, response: Response, error: Problem) => Promise<void>;

/**
 * Each refusal for want of a permission is counted and logged as the event `access.refused`: by whom (a pseudonym), for what,
 * at which pattern of a route. The audit log, of which nothing is ever erased, gets the first in each hour for each person or
 * key and each permission, so that nobody can fill it. Visitors who are not known are in the log of requests only.
 */
export function refusalNoter({ ctx, operation }: Pick<Services, 'ctx' | 'operation'>): NoteRefusal {
  let hour = 0;
  const written = new Set<string>();

  function isFirst(principal: Principal, needed: string): boolean {
    const now = Math.floor(ctx.clock.now().getTime() / hourMs);
    if (now !== hour) written.clear();
    hour = now;
    const what = `${principal.kind}:${principal.id} ${needed}`;
    if (written.has(what)) return false;
    written.add(what);
    return true;
  }

  return async (request, response, { code }) => {
    const principal = principalOf(response);
    const needed = neededOf(response);
    if (!refusals.has(code) || principal === undefined || needed === undefined) return;
    operation.metrics.refused(needed, principal.kind);
    const who = pseudonymOf(ctx.keys, principal);
    const { method } = request;
    const { requestId } = response.locals;
    ctx.log.warn(
      {
        event: 'access.refused',
        who,
        permission: needed,
        problem: code,
        method,
        route: routeOf(request),
        requestId,
      },
      'Access was refused.',
    );
    if (!isFirst(principal, needed)) return;
    const event = { ...byRequest(ctx.keys, request, response), what: 'access.refused', on: needed } as const;
    await audit(ctx, event).catch((err: unknown) =>
      ctx.log.error({ err }, 'A refusal could not be written to the audit log.'),
    );
  };
}

/** The id of a person is a keyed hash already; the name of a key may say more, so the log gets a hash of it. */
function pseudonymOf(keys: Keys, { kind, id }: Principal): string {
  return `${kind}:${kind === 'person' ? id : keyedHash(keys.audit, ['key', id], 8)}`;
}
