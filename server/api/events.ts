import schema from '../../schemas/cloud-event.schema.json' with { type: 'json' };
import type { CloudEvent } from '../../schemas/generated/cloud-event.ts';
import { type Fault, validator } from '../../schemas/validate.ts';
import { recordContacts } from '../../surveys/contacts/index.ts';
import { listOf, ref } from './components.ts';
import { oneResultEach } from './contacts.ts';
import { itemsOf, recordWithin, refuseAllRejected } from './items.ts';
import { type ApiRequest, type Route, route } from './route.ts';

const check = validator<CloudEvent>(schema);

export const eventRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/events',
    access: 'contacts:write',
    tag: 'Contacts',
    summary:
      'Send contacts as CloudEvents in the NL GOV profile: one, a batch of up to 1,000, or one in binary mode',
    description:
      'The data are a contact without `source` and `id`, which are those of the event; its `time` is when the contact took place, unless the data say so. Decided as `POST /v1/contacts` does. In binary mode the attributes are in `ce-` headers and the body holds the data.',
    headers: { 'ce-specversion': 'With this header the event is in binary mode' },
    body: { schema: { anyOf: [ref('CloudEvent'), listOf(ref('CloudEvent')), { type: 'object' }] } },
    answers: { 202: oneResultEach },
    handle: async ({ ctx }, request) => {
      const body = eventsOf(request);
      const read = itemsOf(body).map((event) => check(event));
      const contacts = read.flatMap((event) => (event.ok ? [toContact(event.value)] : []));
      const decided = await recordWithin(request.departments, contacts, (items) =>
        recordContacts(ctx, items),
      );
      const next = decided.values();
      const results = read.map((event) =>
        event.ok
          ? inEvent(next.next().value!)
          : { ...unnamed, decision: 'rejected' as const, reason: 'invalid', errors: event.faults },
      );
      refuseAllRejected(body, results);
      return { status: 202, body: { results } };
    },
  }),
];

const unnamed = { source: null, id: null };
const attributes = ['specversion', 'id', 'source', 'type', 'time'] as const;

/** The events of a request as in structured mode. */
function eventsOf({ body, header }: ApiRequest): unknown {
  if (header('ce-specversion') === undefined) return body;
  const given = attributes.flatMap((name) => {
    const value = header(`ce-${name}`);
    return value === undefined ? [] : [[name, decoded(value)]];
  });
  return { ...Object.fromEntries(given), data: body };
}

/** Header values are percent-encoded where they hold more than printable ASCII. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function toContact({ id, source, time, data }: CloudEvent): Record<string, unknown> {
  return { ...(time && { occurredAt: time }), ...data, source, id };
}

/** Faults of the contact, where they are in the event. */
function inEvent<Result extends { errors?: Fault[] }>(result: Result): Result {
  const errors = result.errors?.map((fault) =>
    /^\/(source|id)$/.test(fault.pointer) ? fault : { ...fault, pointer: `/data${fault.pointer}` },
  );
  return errors ? { ...result, errors } : result;
}
