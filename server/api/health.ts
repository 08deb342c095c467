import type { Services } from '../services.ts';
import { type JsonSchema, type Route, route } from './route.ts';

/** A dependency that has not answered by then counts as down. Milliseconds. */
const patience = 2_000;

const state: JsonSchema = { enum: ['up', 'down'] };

export const healthRoutes: Route[] = [
  route({
    method: 'get',
    path: '/health/live',
    access: 'public',
    tag: 'Health',
    summary: 'Whether the process answers',
    answers: { 200: { description: 'It does', schema: { type: 'object', properties: { status: state } } } },
    handle: async () => ({ status: 200, body: { status: 'up' } }),
  }),
  route({
    method: 'get',
    path: '/health/ready',
    access: 'public',
    tag: 'Health',
    summary: 'Whether the service can do its work, with each dependency by name',
    answers: {
      200: { description: 'All dependencies answer', schema: readiness() },
      503: { description: 'At least one does not', schema: readiness() },
    },
    handle: async ({ dependencies }) => {
      const states = await statesOf(dependencies);
      const ready = Object.values(states).every((one) => one === 'up');
      return {
        status: ready ? 200 : 503,
        body: { status: ready ? 'up' : 'down', dependencies: states },
      };
    },
  }),
];

async function statesOf(dependencies: Services['dependencies']): Promise<Record<string, 'up' | 'down'>> {
  const names = Object.keys(dependencies);
  const states = await Promise.all(names.map((name) => stateOf(dependencies[name]!)));
  return Object.fromEntries(names.map((name, index) => [name, states[index]!]));
}

async function stateOf(check: () => Promise<unknown>): Promise<'up' | 'down'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'down'>((resolve) => {
    timer = setTimeout(resolve, patience, 'down');
  });
  const asked = check().then(
    () => 'up' as const,
    () => 'down' as const,
  );
  const answer = await Promise.race([asked, late]);
  clearTimeout(timer);
  return answer;
}

function readiness(): JsonSchema {
  return {
    type: 'object',
    required: ['status', 'dependencies'],
    properties: { status: state, dependencies: { type: 'object', additionalProperties: state } },
  };
}
