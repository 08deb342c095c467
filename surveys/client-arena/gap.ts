import { differenceOfMeans, type Mean } from '../aggregates/comparisons.ts';
import type { Interval } from '../aggregates/measures.ts';

/** How far the listeners' guess is from the participants' grade, in grade points. */
export interface Gap {
  /** Mean guess of the listeners, 1 to 10. */
  guess: number;
  /** Mean grade of the participants before the talk, 1 to 10. */
  baseline: number;
  /** Guess minus baseline, rounded to one decimal. Above 0: staff think better of the service than residents do. */
  difference: number;
  direction: 'tooHigh' | 'tooLow' | 'right';
}

/**
 * The client arena's indicator, from the released means of `guess` (form listener-before) and `baseline` (form
 * participant-before). Undefined where one of the two is not published.
 */
export function arenaGap(guess: number | undefined, baseline: number | undefined): Gap | undefined {
  if (guess === undefined || baseline === undefined) return undefined;
  const difference = Math.round((guess - baseline) * 10) / 10 + 0; // + 0: no "-0" on a page
  return { guess, baseline, difference, direction: directionOf(difference) };
}

function directionOf(difference: number): Gap['direction'] {
  if (difference === 0) return 'right';
  return difference > 0 ? 'tooHigh' : 'tooLow';
}

/** The gap of one session with how sure it is. */
export interface SessionGap extends Gap {
  /** 95 % interval of the difference by Welch's t, wider where published figures are rounded. */
  interval: Interval;
  /** `undecided` while 0 lies within the interval: the gap may be chance. */
  verdict: 'tooHigh' | 'tooLow' | 'undecided';
}

/**
 * The gap between what the listeners guessed and what the participants said, from the released means of one session.
 * Undefined where one of the two is not published.
 */
export function sessionGap(guess: Mean | undefined, baseline: Mean | undefined): SessionGap | undefined {
  const gap = arenaGap(guess?.mean, baseline?.mean);
  const difference = guess && baseline && differenceOfMeans(guess, baseline);
  if (!gap || !difference) return undefined;
  const [low, high] = difference.interval;
  const verdict = low > 0 ? 'tooHigh' : high < 0 ? 'tooLow' : 'undecided';
  return { ...gap, interval: difference.interval, verdict };
}
