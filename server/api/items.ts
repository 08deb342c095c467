import type { Fault } from '../../schemas/validate.ts';
import { problem } from '../../surveys/problems.ts';

/** The most items in one request. */
const most = 1_000;

/**
 * The items of a body that is one object or a list of them.
 * @throws Problem `invalidBody` when it is neither, or the list is empty or too long.
 */
export function itemsOf(body: unknown): unknown[] {
  const items = Array.isArray(body) ? body : [body];
  const fault = faultOf(body, items.length);
  if (fault) throw problem('invalidBody', { faults: [{ pointer: '', ...fault }] });
  return items;
}

function faultOf(body: unknown, length: number): Omit<Fault, 'pointer'> | undefined {
  if (typeof body !== 'object' || body === null) return { code: 'type', detail: 'must be object or array' };
  if (length === 0) return { code: 'minItems', detail: 'must hold at least one item' };
  if (length > most) return { code: 'maxItems', detail: `must hold no more than ${most} items` };
  return undefined;
}

/**
 * Nothing in the body was valid: that is a bad request, not an accepted one.
 * @throws Problem `invalidBody` with the faults of all items; in a list, pointers start at the item's place.
 */
export function refuseAllRejected(
  body: unknown,
  results: readonly { decision: string; errors?: Fault[] }[],
): void {
  if (results.some(({ decision }) => decision !== 'rejected')) return;
  const faults = results.flatMap(({ errors = [] }, index) =>
    errors.map((fault) => (Array.isArray(body) ? { ...fault, pointer: `/${index}${fault.pointer}` } : fault)),
  );
  throw problem('invalidBody', { detail: 'Nothing in the body is valid.', faults });
}
