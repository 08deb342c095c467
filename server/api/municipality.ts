import { getMunicipality, putMunicipality } from '../../surveys/municipality/index.ts';
import { ref } from './components.ts';
import { type Route, route } from './route.ts';

export const municipalityRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/municipality',
    access: 'signed-in',
    tag: 'Municipality',
    summary: 'Who the municipality is: name, sender, contact details, logo and theme',
    answers: { 200: { description: 'The municipality', schema: ref('Municipality') } },
    handle: async () => ({ status: 200, body: await getMunicipality() }),
  }),
  route({
    method: 'put',
    path: '/v1/municipality',
    access: 'municipality:write',
    audit: { what: 'municipality.changed' },
    tag: 'Municipality',
    summary: 'Change who the municipality is',
    body: { schema: ref('Municipality') },
    answers: { 200: { description: 'The municipality as it is kept', schema: ref('Municipality') } },
    handle: async (_services, { body }) => ({ status: 200, body: await putMunicipality(body) }),
  }),
];
