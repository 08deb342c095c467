import { contactStatus, eraseContact, recordContacts } from '../../surveys/contacts/index.ts';
import { problem } from '../../surveys/problems.ts';
import { limitOf } from '../auth/principal.ts';
import { listOf, ref, resultsOf } from './components.ts';
import { itemsOf, recordWithin, refuseAllRejected } from './items.ts';
import { type JsonSchema, type Route, route } from './route.ts';

const params = { source: 'The system that sent the contact', id: 'Its id in that system' };

const decision: JsonSchema = { enum: ['invited', 'skipped', 'rejected'] };

/** The answer to contacts that were sent. */
export const oneResultEach = {
  description: 'One result for each contact, in order',
  schema: resultsOf({
    required: ['source', 'id', 'decision'],
    properties: {
      source: { type: ['string', 'null'] },
      id: { type: ['string', 'null'] },
      decision,
      reason: { type: 'string' },
      sendAt: { type: 'string', format: 'date-time' },
      errors: { type: 'array', items: ref('Fault') },
    },
  }),
} as const;

export const contactRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/contacts',
    access: 'contacts:write',
    tag: 'Contacts',
    summary: 'Send one contact or up to 1,000',
    description:
      'Each contact is decided by itself: a bad one never spoils its neighbours. Sent again: the same answer, no second effect. What is answered is stored.',
    body: { schema: { anyOf: [ref('Contact'), listOf(ref('Contact'))] } },
    answers: { 202: oneResultEach },
    handle: async ({ ctx }, { body, departments }) => {
      const results = await recordWithin(departments, itemsOf(body), (items) => recordContacts(ctx, items));
      refuseAllRejected(body, results);
      return { status: 202, body: { results } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/contacts/{source}/{id}',
    access: 'contacts:write',
    tag: 'Contacts',
    summary: 'What was decided about a contact and whether a mail was sent; never whether it was answered',
    params,
    answers: {
      200: {
        description: 'The contact',
        schema: {
          type: 'object',
          required: ['source', 'id', 'decision', 'sent'],
          properties: {
            source: { type: 'string' },
            id: { type: 'string' },
            decision,
            reason: { type: 'string' },
            sendAt: { type: 'string', format: 'date-time' },
            sent: { type: 'boolean' },
          },
        },
      },
    },
    handle: async ({ ctx }, { params, departments }) => {
      const status = await contactStatus(ctx, params.source!, params.id!, limitOf(departments));
      if (!status) throw problem('notFound', { detail: 'No such contact is known (any more).' });
      return { status: 200, body: status };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/contacts/{source}/{id}',
    access: 'contacts:write',
    audit: { what: 'contact.erased' },
    tag: 'Contacts',
    summary: 'Cancel what is planned for a contact and erase it',
    params,
    answers: { 204: { description: 'There is nothing (left) of it' } },
    handle: async ({ ctx }, { params, departments }) => {
      const known = await eraseContact(ctx, params.source!, params.id!, limitOf(departments));
      if (!known) throw problem('notFound', { detail: 'No such contact was ever sent.' });
      return { status: 204 };
    },
  }),
];
