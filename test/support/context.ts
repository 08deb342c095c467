import { pino } from 'pino';
import { fixedClock } from '../../surveys/clock.ts';
import { deriveKeys } from '../../surveys/keys.ts';

/** A context whose clock stands at the given instant (default: a Tuesday morning in Almere). */
export function testContext(now: Date | string = '2026-03-10T09:00:00Z') {
  return {
    clock: fixedClock(now),
    keys: deriveKeys('a secret for tests only'),
    log: pino({ level: 'silent' }),
  };
}
