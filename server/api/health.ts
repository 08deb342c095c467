import { isReady } from '../operation/health.ts';
import { type JsonSchema, type Route, route } from './route.ts';

export const healthRoutes: Route[] = [
  route({
    method: 'get',
    path: '/health/live',
    access: 'public',
    tag: 'Health',
    summary: 'Whether the process answers',
    answers: {
      200: {
        description: 'It does',
        schema: { type: 'object', properties: { status: { const: 'up' } } },
      },
    },
    handle: async () => ({ status: 200, body: { status: 'up' } }),
  }),
  route({
    method: 'get',
    path: '/health/ready',
    access: 'public',
    tag: 'Health',
    summary: 'Whether the service can do its work, with each dependency by name',
    description:
      '`degraded`: something that pages and API do not need does not answer; mail waits. `stopping`: the process ends what it began and takes nothing new.',
    answers: {
      200: { description: 'It can: `up` or `degraded`', schema: readiness() },
      503: { description: 'It can not: `down` or `stopping`', schema: readiness() },
    },
    handle: async ({ operation }) => {
      const readiness = await operation.health.readiness();
      return { status: isReady(readiness) ? 200 : 503, body: readiness };
    },
  }),
];

function readiness(): JsonSchema {
  return {
    type: 'object',
    required: ['status', 'dependencies'],
    properties: {
      status: { enum: ['up', 'degraded', 'down', 'stopping'] },
      dependencies: { type: 'object', additionalProperties: { enum: ['up', 'down'] } },
    },
  };
}
