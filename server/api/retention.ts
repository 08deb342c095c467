import { getRetention } from '../../surveys/retention/index.ts';
import { ref } from './components.ts';
import { type Route, route } from './route.ts';

export const retentionRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/retention',
    access: 'signed-in',
    tag: 'Municipality',
    summary: 'How long each kind of data is kept, defaults included',
    answers: { 200: { description: 'The retention in force', schema: ref('Retention') } },
    handle: async () => ({ status: 200, body: await getRetention() }),
  }),
];
