import type { Job, Registry } from './queue.ts';

/** Hears how each job ended and how long it took. */
export type JobEnded = (job: string, outcome: 'done' | 'failed', seconds: number) => void;

type Open<Payloads> = { -readonly [Name in keyof Payloads]: Job<Payloads[Name]> };

/** The same jobs, each of which tells how it ended. */
export function timed<Payloads>(registry: Registry<Payloads>, ended: JobEnded): Registry<Payloads> {
  const jobs: Open<Payloads> = { ...registry };
  for (const name in registry) {
    const job = registry[name];
    jobs[name] = {
      ...job,
      async handle(payload) {
        const started = performance.now();
        let outcome: 'done' | 'failed' = 'failed';
        try {
          await job.handle(payload);
          outcome = 'done';
        } finally {
          ended(name, outcome, (performance.now() - started) / 1_000);
        }
      },
    };
  }
  return jobs;
}
