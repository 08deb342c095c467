import { problem } from '../../surveys/problems.ts';
import { recordResponses } from '../../surveys/responses/index.ts';
import { listOf, ref, resultsOf } from './components.ts';
import { itemsOf, recordWithin, refuseAllRejected } from './items.ts';
import { type ApiRequest, type Route, route } from './route.ts';

export const responseRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/responses',
    access: 'responses:write',
    tag: 'Responses',
    summary: 'Send answers that were gathered elsewhere: one or up to 1,000',
    description:
      'Each item needs an `externalId`, or the request an `Idempotency-Key`: sent again under the same one there is no second effect. A bad item never spoils its neighbours.',
    headers: { 'Idempotency-Key': 'Names this request for its sender (the name of the API token)' },
    body: { schema: { anyOf: [ref('ResponseItem'), listOf(ref('ResponseItem'))] } },
    answers: {
      202: {
        description: 'One result for each item, in order',
        schema: resultsOf({
          required: ['decision'],
          properties: {
            externalId: { type: 'string' },
            decision: { enum: ['stored', 'rejected'] },
            reason: { type: 'string' },
            errors: { type: 'array', items: ref('Fault') },
          },
        }),
      },
    },
    handle: async ({ ctx }, request) => {
      const identity = idempotencyOf(request);
      const results = await recordWithin(request.departments, itemsOf(request.body), (items) =>
        recordResponses(ctx, items, identity),
      );
      refuseAllRejected(request.body, results);
      return { status: 202, body: { results } };
    },
  }),
];

/** The key as the client's own: two clients that count from 1 must not take each other's answers for repeats. */
function idempotencyOf({ header, client }: ApiRequest): { idempotencyKey?: string } {
  const key = header('Idempotency-Key');
  if (key === undefined) return {};
  if (key.length < 1 || key.length > 255) {
    throw problem('badRequest', { detail: 'Idempotency-Key must have 1 to 255 characters.' });
  }
  return { idempotencyKey: JSON.stringify([client, key]) };
}
