import { recordReport } from '../../jobs/bounces/index.ts';
import schema from '../../schemas/bounce.schema.json' with { type: 'json' };
import type { Bounce } from '../../schemas/generated/bounce.ts';
import { type Fault, validator } from '../../schemas/validate.ts';
import { problem } from '../../surveys/problems.ts';
import { listOf, ref } from './components.ts';
import { itemsOf } from './items.ts';
import { type Route, route } from './route.ts';

const check = validator<Bounce>(schema);

export const bounceRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/bounces',
    access: 'bounces:write',
    tag: 'Sending',
    summary: 'Tell of mails that could not be delivered: one or up to 1,000',
    description:
      'A mail that came back for good ends its invitation, and its address is not tried again. The answer does not say what was known of a mail. Sent again: no second effect. When one item is wrong, nothing is recorded.',
    body: { schema: { anyOf: [ref('Bounce'), listOf(ref('Bounce'))] } },
    answers: {
      202: {
        description: 'All were recorded',
        schema: { type: 'object', required: ['received'], properties: { received: { type: 'integer' } } },
      },
    },
    handle: async ({ ctx }, { body }) => {
      const bounces = bouncesOf(body);
      for (const bounce of bounces) ctx.count?.('bounces', await recordReport(ctx, bounce));
      return { status: 202, body: { received: bounces.length } };
    },
  }),
];

/** @throws Problem `invalidBody` with the faults of all items; in a list, pointers start at the item's place. */
function bouncesOf(body: unknown): Bounce[] {
  const bounces: Bounce[] = [];
  const faults: Fault[] = [];
  for (const [index, item] of itemsOf(body).entries()) {
    const checked = check(item);
    const place = Array.isArray(body) ? `/${index}` : '';
    if (checked.ok) bounces.push(checked.value);
    else faults.push(...checked.faults.map((fault) => ({ ...fault, pointer: `${place}${fault.pointer}` })));
  }
  if (faults.length > 0) throw problem('invalidBody', { faults });
  return bounces;
}
