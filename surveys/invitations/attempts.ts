const minute = 60_000;
const firstDelay = 5 * minute;
const longestDelay = 8 * 60 * minute;

/**
 * After so many attempts an invitation has failed. With the delays below and office hours that is more than a
 * working week of temporary faults.
 */
export const maximumAttempts = 12;

/**
 * Milliseconds to wait after the n-th attempt (from 1): 5 minutes, doubled each time up to 8 hours, less up to a
 * half by `random` (0 to 1), so that what failed together does not come back together.
 */
export function retryDelay(attempts: number, random: number): number {
  const delay = Math.min(longestDelay, firstDelay * 2 ** (attempts - 1));
  return Math.round(delay * (1 - random / 2));
}
