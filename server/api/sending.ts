import { sendingPaused, setSendingPaused } from '../../surveys/invitations/index.ts';
import { type JsonSchema, type Route, route } from './route.ts';

const state: JsonSchema = {
  type: 'object',
  required: ['paused'],
  properties: { paused: { type: 'boolean' } },
};

export const sendingRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/sending',
    access: 'signed-in',
    tag: 'Sending',
    summary: 'Whether mail goes out',
    answers: { 200: { description: 'The state', schema: state } },
    handle: async () => ({ status: 200, body: { paused: await sendingPaused() } }),
  }),
  switchRoute('pause', true, 'Stop all mail; what is due waits'),
  switchRoute('resume', false, 'Restart mail'),
];

function switchRoute(action: string, paused: boolean, summary: string): Route {
  return route({
    method: 'post',
    path: `/v1/sending/${action}`,
    access: 'sending:write',
    audit: { what: paused ? 'sending.paused' : 'sending.resumed' },
    tag: 'Sending',
    summary,
    answers: { 200: { description: 'The state now', schema: state } },
    handle: async () => {
      await setSendingPaused(paused);
      return { status: 200, body: { paused } };
    },
  });
}
