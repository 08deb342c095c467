import { setTimeout as pause } from 'node:timers/promises';

export { pause };

/**
 * Waits until something holds.
 * @returns the milliseconds that took
 * @throws Error after `ms` milliseconds
 */
export async function until(condition: () => boolean | Promise<boolean>, ms = 240_000): Promise<number> {
  const begin = performance.now();
  while (!(await condition())) {
    if (performance.now() - begin > ms) throw new Error(`Not within ${ms} ms.`);
    await pause(10);
  }
  return performance.now() - begin;
}
