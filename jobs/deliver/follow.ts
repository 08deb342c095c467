import type { Logger } from 'pino';
import type { Outcome } from '../transport/index.ts';

type Counts = Partial<Record<Outcome['kind'], number>>;

/** Counts what became of mails by the request that planned them, so that a request can be followed through the logs. */
export interface Follower {
  note(requestId: string | undefined, kind: Outcome['kind']): void;
  /** Logs one line for each request since the last time. */
  tell(): void;
}

export function followRequests(log: Logger): Follower {
  const counts = new Map<string, Counts>();
  return {
    note(requestId, kind) {
      if (requestId === undefined) return;
      const known = counts.get(requestId) ?? {};
      counts.set(requestId, { ...known, [kind]: (known[kind] ?? 0) + 1 });
    },
    tell() {
      for (const [requestId, mails] of counts) log.info({ requestId, ...mails }, 'mails of a request');
      counts.clear();
    },
  };
}
