import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const traceId = /^(?!0{32})[0-9a-f]{32}$/i;
const traceParent = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-|$)/;

/**
 * The id of a request: the caller's own, from `X-Request-Id` (a UUID or 32 hex characters) or else the trace id of
 * `traceparent` (W3C Trace Context); otherwise a fresh UUID. Other forms are not taken over: they could hold a name,
 * an address or somebody's number, and the id is logged.
 */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  if (typeof given === 'string' && (uuid.test(given) || traceId.test(given))) return given.toLowerCase();
  const parent = headers.traceparent;
  const trace = typeof parent === 'string' ? traceParent.exec(parent)?.[1] : undefined;
  return trace ?? randomUUID();
}
