import type { Request, Response } from 'express';
import type { Keys } from '../../surveys/keys.ts';
import { principalOf } from '../auth/principal.ts';
import { networkHash } from '../protection/network.ts';
import type { AuditEvent } from './actions.ts';

/** Who does something by a request, and from which network. */
export function byRequest(
  keys: Keys,
  request: Request,
  response: Response,
): Required<Pick<AuditEvent, 'who' | 'network'>> {
  const principal = principalOf(response);
  const who = principal ? `${principal.kind}:${principal.id}` : 'nobody';
  return { who, network: networkHash(keys, request.ip) };
}
