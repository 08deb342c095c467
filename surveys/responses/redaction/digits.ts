import { overlaps, type Range, rangesOf } from './range.ts';

/** Groups of digits that belong together: what they say without separators, where they are, how they are grouped. */
export interface DigitWindow extends Range {
  digits: string;
  groups: string[];
  /** The separators between the groups. */
  gaps: string[];
}

const gapPattern = /^[^\S\n]{0,2}[-–—./()]{0,2}[^\S\n]{0,2}$/u;

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

/** The words right before an offset, as context. */
export function textBefore(text: string, start: number): string {
  return text.slice(Math.max(0, start - 40), start);
}

const amountBefore = /(?:€|\$|£|\beur(?:o)?)\s?$/iu;
const amountAfter = /^(?:,-|,\d{1,2}(?!\d)|\s?(?:€|%|(?:euros?|eur|dollars?|pounds?)\b))/iu;

/** Whether a number is an amount: a currency stands beside it, or decimals follow. */
export function isAmount(text: string, { start, end }: Range): boolean {
  return amountBefore.test(textBefore(text, start)) || amountAfter.test(text.slice(end, end + 8));
}

const namedNumber =
  /(?:zaak|dossier|kenmerk|referentie|factuur|order|bestel|bestelling|ticket|melding|meldings|klant|debiteur|polis|kvk|rsin|btw|aanvraag|vergunning|artikel|serie|contract|relatie|boete|bekeuring|beschikking|aanslag|case|reference|ref|invoice|application|permit|customer|claim|complaint|serial|object|kamer van koophandel)s?[\s-]?(?:(?:nummer|nr|no|number|id|code)\b)?\.?(?:\s(?:is|was|met|with|van|of))?[\s:=#(]{0,3}$/iu;

/** Whether the words before a number name it as something else than a person's: a case, an invoice, a permit. */
export function isNamedOtherwise(text: string, start: number): boolean {
  return namedNumber.test(textBefore(text, start));
}

/**
 * Whether a number is glued to a prefix or suffix: `Z-123`, `Z/23/123`, `2026-123`, `#123`, `NL123B01`, `0.123`.
 * @param from where to start looking: what lies before belongs to something else
 */
export function isPartOfCode(text: string, { start, end }: Range, from = 0): boolean {
  const before = text.slice(Math.max(from, start - 2), start);
  return (
    /(?:[\p{L}\p{N}_#]|\d[-/._:]|\p{L}[-/_])$/u.test(before) || /^(?:[\p{L}_]|[-_]\d)/u.test(text.slice(end))
  );
}
