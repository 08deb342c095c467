import type { Payloads } from './registry.ts';

const all: Record<keyof Payloads, true> = {
  deliver: true,
  expire: true,
  rollUp: true,
  release: true,
  retain: true,
  bounces: true,
  rounds: true,
  arenas: true,
  overdue: true,
  notices: true,
  klantcontacten: true,
};

/** Every kind of job, by name; the compiler sees to it that none is missing. */
export const jobNames = Object.keys(all) as (keyof Payloads)[];
