/** What becomes of a job that throws: tried again after a growing delay, `attempts` times in all. */
export interface RetryPolicy {
  attempts: number;
  baseMs: number;
  maxMs: number;
}

/** How many jobs that ended are kept to look at, where the queue can keep any. */
export interface Retention {
  completed: number;
  failed: number;
}

/**
 * One kind of job. `payload` is the JSON Schema that a payload is checked with before it is handled: a queue is
 * a border like any other, and a process may meet jobs that an older or newer one left.
 */
export interface Job<Payload> {
  payload: object;
  /** May run twice for one job, at the same time too: a queue promises at least once, never exactly once. */
  handle(payload: Payload): Promise<void>;
  /** How many of this kind run at the same time in this process. */
  concurrency: number;
  retry: RetryPolicy;
  retention: Retention;
}

/** All kinds of job by name. A kind without a handler does not compile. */
export type Registry<Payloads> = { readonly [Name in keyof Payloads]: Job<Payloads[Name]> };

/** Jobs of one kind by where they are; `delayed` ones wait for another attempt. */
export interface JobCounts {
  waiting: number;
  delayed: number;
  running: number;
  failed: number;
}

/**
 * Named jobs that run later. A queue may lose everything it holds: what is due is found again in the store
 * (see reconciler.ts).
 */
export interface Queue<Payloads> {
  /**
   * Resolves when the queue has taken the job, not when it has run. Rejects after `close`, and within seconds with
   * QueueUnavailable when the queue can't be reached; a job that was under way then may be taken all the same.
   */
  add<Name extends keyof Payloads & string>(name: Name, payload: Payloads[Name]): Promise<void>;
  /** Rejects as `add` does. */
  counts(name: keyof Payloads & string): Promise<JobCounts>;
  /** Begins to run jobs; what was added before waits for this. */
  start(): void;
  /** Takes no more jobs, leaves those that wait, and resolves when the running ones have ended. */
  close(): Promise<void>;
}

/** The queue can't be reached now. Nothing is lost: the store knows what is due. */
export class QueueUnavailable extends Error {
  override readonly name = 'QueueUnavailable';
}
