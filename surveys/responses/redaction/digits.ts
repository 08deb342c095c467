import { overlaps, type Range, rangesOf } from './range.ts';

/** Groups of digits that belong together: what they say without separators, where they are, how they are grouped. */
export interface DigitWindow extends Range {
  digits: string;
  groups: string[];
  /** The separators between the groups. */
  gaps: string[];
}

/** Words between two groups that say that the number goes on: "06 en dan 1234". */
export const goesOn =
  '[ ,]{1,2}(?:(?:en|and) )?(?:dan|daarna|toen|then|vervolgens|gevolgd door|followed by)(?: (?:nog|de|the))? ';

/**
 * Spaces, at most one line end, and up to two signs; or words that say that the number goes on. A dot before a space ends
 * a sentence, and no number goes on there.
 */
const gapPattern = new RegExp(
  `^(?:${goesOn}| {0,3}[-./()_*|:~]{0,2}(?<!\\.) {0,3}\\n?[ -]{0,2}|\\.| \\. |, ?)$`,
  'i',
);

/**
 * All runs of neighbouring digit groups with `min` to `max` digits in total: one list per starting group, the longest
 * run first. A group that overlaps one of the `taken` ranges takes no part.
 */
export function* digitWindows(
  text: string,
  taken: Range[],
  min: number,
  max: number,
): Generator<DigitWindow[]> {
  const groups = rangesOf(/\d+/g, text).filter((group) => !taken.some((range) => overlaps(range, group)));
  for (const [first, group] of groups.entries()) {
    const digits = text.slice(group.start, group.end);
    let window: DigitWindow = { ...group, digits, groups: [digits], gaps: [] };
    const windows: DigitWindow[] = [];
    for (let next = first + 1; window.digits.length <= max; next++) {
      if (window.digits.length >= min) windows.unshift(window);
      const following = groups[next];
      const gap = following && text.slice(window.end, following.start);
      if (!following || gap === undefined || !gapPattern.test(gap)) break;
      window = extend(window, gap, { ...following, digits: text.slice(following.start, following.end) });
    }
    if (windows.length > 0) yield windows;
  }
}

function extend(window: DigitWindow, gap: string, { end, digits }: Range & { digits: string }): DigitWindow {
  return {
    start: window.start,
    end,
    digits: window.digits + digits,
    groups: [...window.groups, digits],
    gaps: [...window.gaps, gap],
  };
}
