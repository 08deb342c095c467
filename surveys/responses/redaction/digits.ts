import { overlaps, type Range } from './range.ts';

/** Groups of digits that belong together: what they say without separators, where they are, how they are grouped. */
export interface DigitWindow extends Range {
  digits: string;
  groups: string[];
  /** The separators between the groups. */
  gaps: string[];
}

const gapPattern = /^[^\S\n]{0,2}[-–—./()]{0,2}[^\S\n]{0,2}$/u;

/**
 * All runs of neighbouring digit groups with `min` to `max` digits in total, longest first per starting group.
 * A group that touches a letter, or overlaps one of the `taken` ranges, takes no part.
 */
export function* digitWindows(
  text: string,
  taken: Range[],
  min: number,
  max: number,
): Generator<DigitWindow> {
  const groups = Array.from(text.matchAll(/\d+/g), ({ 0: digits, index }) => ({
    digits,
    start: index,
    end: index + digits.length,
  })).filter((group) => !taken.some((range) => overlaps(range, group)));

  for (const [first, group] of groups.entries()) {
    const windows: DigitWindow[] = [];
    let window: DigitWindow = { ...group, groups: [group.digits], gaps: [] };
    for (let next = first + 1; window.digits.length <= max; next++) {
      if (window.digits.length >= min) windows.unshift(window);
      const following = groups[next];
      const gap = following ? text.slice(window.end, following.start) : undefined;
      if (!following || gap === undefined || !gapPattern.test(gap)) break;
      window = {
        start: group.start,
        end: following.end,
        digits: window.digits + following.digits,
        groups: [...window.groups, following.digits],
        gaps: [...window.gaps, gap],
      };
    }
    yield* windows;
  }
}

/** The words right before an offset, as context. */
export function textBefore(text: string, start: number): string {
  return text.slice(Math.max(0, start - 40), start);
}

const amountBefore = /(?:€|\$|£|\beur(?:o)?)\s?$/iu;
const amountAfter = /^(?:,-|,\d|\s?(?:€|%|euros?\b|eur\b))/iu;

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

/** Whether a number is glued to a prefix or suffix: `Z-123`, `Z/23/123`, `2026-123`, `#123`, `NL123B01`, `0.123`. */
export function isPartOfCode(text: string, { start, end }: Range): boolean {
  return (
    /[\p{L}\p{N}_#][-/._:]?$/u.test(text.slice(0, start).slice(-2)) ||
    /^(?:[\p{L}_]|[-/._:][\p{L}\p{N}])/u.test(text.slice(end, end + 2))
  );
}
