import type { Job } from '../../../jobs/queue/queue.ts';

export interface Greet {
  name: string;
}

const payload = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: { name: { type: 'string' } },
};
/** Three attempts, soon after one another. */
export const quick = { attempts: 3, baseMs: 2, maxMs: 4 };
const retention = { completed: 0, failed: 10 };

/** A kind of job that greets. */
export function greeter(
  handle: (payload: Greet) => Promise<void>,
  options: Partial<Job<Greet>> = {},
): Job<Greet> {
  return { payload, handle, concurrency: 1, retry: quick, retention, ...options };
}
