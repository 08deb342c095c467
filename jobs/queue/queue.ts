/** What becomes of a job that throws: tried again after a growing delay, `attempts` times in all. */
export interface RetryPolicy {
  attempts: number;
  baseMs: number;
  maxMs: number;
}

/**
 * One kind of job. `payload` is the JSON Schema that a payload is checked with before it is handled: a queue is
 * a border like any other, and a process may meet jobs that an older or newer one left.
 */
export interface Job<Payload> {
  payload: object;
  handle(payload: Payload): Promise<void>;
  /** How many of this kind run at the same time in this process. */
  concurrency: number;
  retry: RetryPolicy;
}

/** All kinds of job by name. A kind without a handler does not compile. */
export type Registry<Payloads> = { readonly [Name in keyof Payloads]: Job<Payloads[Name]> };

export interface AddOptions {
  /** While a job with this id waits or runs, adding it again does nothing. */
  id?: string;
}

/**
 * Named jobs that run later. A queue may lose everything it holds: what is due is found again in the store
 * (see schedule.ts). The shape is that of Bull 4, so that Redis can stand behind it without a change to callers.
 */
export interface Queue<Payloads> {
  /** Resolves when the queue has taken the job, not when it has run. Rejects after `close`. */
  add<Name extends keyof Payloads & string>(
    name: Name,
    payload: Payloads[Name],
    options?: AddOptions,
  ): Promise<void>;
  /** Begins to run jobs; what was added before waits for this. */
  start(): void;
  /** Takes no more jobs, drops those that wait, and resolves when the running ones have ended. */
  close(): Promise<void>;
}
