import { randomUUID } from 'node:crypto';
import type { Context } from '../surveys/context.ts';
import { acquireLease, type Lease, releaseLease, renewLease } from '../surveys/leases.ts';
import { every, type Ongoing } from './every.ts';

/** Whether this process is the one, among those that share a store, that does something. */
export interface Leadership extends Ongoing {
  /** Waits for the first attempt to get it, so that what a process does at its start is not put off. */
  holds(): Promise<boolean>;
}

interface Options {
  /** Milliseconds after which another takes over from a leader that died. */
  leaseMs?: number;
}

/**
 * Stands for the leadership of that name until closed, when it is given back at once. Two may believe to hold it for
 * a moment, when clocks differ or a process was stopped: what a leader does must bear that.
 */
export function standForLeadership(
  ctx: Context,
  name: string,
  { leaseMs = 10_000 }: Options = {},
): Leadership {
  const owner = randomUUID();
  let lease: Lease | undefined;
  /** Of a clock that never goes back, so that a process that was stopped does not trust an old lease. */
  let until = 0;

  async function attempt(): Promise<void> {
    const asked = performance.now();
    if (lease && !(await renewLease(lease, ctx.clock, leaseMs))) lease = undefined;
    lease ??= await acquireLease(name, owner, ctx.clock, leaseMs);
    if (lease) until = asked + leaseMs;
  }

  let attempted = () => {};
  const first = new Promise<void>((resolve) => {
    attempted = resolve;
  });
  const renewal = every(leaseMs / 5, ctx.log.child({ lease: name }), () => attempt().finally(attempted));

  return {
    async holds() {
      await first;
      return lease !== undefined && performance.now() < until;
    },
    async close() {
      await renewal.close();
      const held = lease;
      lease = undefined;
      if (held) await releaseLease(held);
    },
  };
}
