import { type Fault, validator } from '../../schemas/validate.ts';
import type { Job } from './queue.ts';

/** The payload of a job does not fit its schema, so that trying again is no use. */
export class UnfitPayload extends Error {
  readonly faults: Fault[];

  constructor(faults: Fault[]) {
    super('The payload does not fit its schema.');
    this.name = 'UnfitPayload';
    this.faults = faults;
  }
}

/** What runs a job of that kind with the payload as the queue kept it. Rejects with UnfitPayload, or as the handler does. */
export function createRunner<Payload>(job: Job<Payload>): (payload: unknown) => Promise<void> {
  const parse = validator<Payload>(job.payload);
  return async (payload) => {
    const parsed = parse(payload);
    if (!parsed.ok) throw new UnfitPayload(parsed.faults);
    await job.handle(parsed.value);
  };
}
