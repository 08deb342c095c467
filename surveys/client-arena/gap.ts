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
