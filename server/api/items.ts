import type { Fault } from '../../schemas/validate.ts';
import { problem } from '../../surveys/problems.ts';
import { type Departments, reaches } from '../auth/principal.ts';

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
 * Records the items that are about departments within reach; the others are rejected, each by itself.
 * @param record gives one result per item, in order
 */
export async function recordWithin<Result>(
  departments: Departments,
  items: unknown[],
  record: (within: unknown[]) => Promise<Result[]>,
): Promise<(Result | OtherDepartment)[]> {
  if (departments === 'all') return record(items);
  const within = items.filter((item) => isWithin(departments, item));
  const results = await record(within);
  let next = 0;
  return items.map((item) => (isWithin(departments, item) ? results[next++]! : rejectionOf(item)));
}

interface OtherDepartment {
  decision: 'rejected';
  reason: 'otherDepartment';
  errors: Fault[];
}

/** An item without a department that can be read is left to the rules, which say what is wrong with it. */
function isWithin(departments: Departments, item: unknown): boolean {
  const department = isRecord(item) ? item.department : undefined;
  return typeof department !== 'string' || reaches(departments, department);
}

/** With what names the item, as other results have it. */
function rejectionOf(item: unknown): OtherDepartment {
  const names = Object.entries(isRecord(item) ? item : {}).filter(
    ([name, value]) => ['source', 'id', 'externalId'].includes(name) && typeof value === 'string',
  );
  const detail = 'the API key is limited to other departments';
  return {
    ...Object.fromEntries(names),
    decision: 'rejected',
    reason: 'otherDepartment',
    errors: [{ pointer: '/department', code: 'otherDepartment', detail }],
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
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
