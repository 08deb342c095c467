import { isAmount, isNamedOtherwise, isPartOfCode, textAfter, textBefore } from './context.ts';
import { type DigitWindow, digitWindows } from './digits.ts';
import { overlaps, type Range } from './range.ts';

const name =
  '(?:(?<![\\p{L}[])(?:bsn|b[ .]s[ .]n\\.?|sofi|sofie(?=[\\s-]?n))|burger[\\s-]?serv\\p{L}{2,5}?-?|sofi-?|citizen\\sservice|social\\ssecurity)(?:[\\s-]?(?:nummers?|nr|number|no))?';
/** Right before the number: "bsn 1…", "BSN-nummer: 1…", "bsn is 1…". */
const named = new RegExp(`${name}\\.?(?:\\s(?:is|was|nr\\.?|number))?[\\s:=#("'/-]{0,3}$`, 'iu');
/** With words between: "bsn van mijn zoon is 1…", "bsn (voor de zekerheid): 1…". */
const namedFurther = new RegExp(`${name}[^\\d.!?\\n]{0,30}$`, 'iu');
/** "1… is mijn bsn", "1… (bsn)" */
const namedAfter = new RegExp(`^[)"',]?\\s?(?:\\(|(?:is|was|=)\\s(?:\\p{L}{1,10}\\s){0,3})?${name}`, 'iu');

/**
 * Citizen service numbers: nine digits that pass the eleven-test, in one piece or grouped as people write them
 * (1234.56.782, 123 456 782); in eight digits or another grouping only where the text speaks of a BSN. What is
 * called a BSN right before it needs no eleven-test: a slip of the finger still tells eight of its digits.
 */
export function findBsns(text: string, taken: Range[]): Range[] {
  const found: Range[] = [];
  for (const windows of digitWindows(text, taken, 8, 9)) {
    const bsn = windows.find((window) => isBsn(text, window));
    if (bsn && !found.some((earlier) => overlaps(earlier, bsn)))
      found.push({ start: bsn.start, end: bsn.end });
  }
  return found;
}

function isBsn(text: string, window: DigitWindow): boolean {
  const before = textBefore(text, window.start);
  if (isCalledBsn(text, window.start)) return true;
  if (!passesElevenTest(window.digits)) return false;
  if (namedAfter.test(textAfter(text, window.end))) return true;
  return !isSomethingElse(text, window) && (isUsualForm(window) || namedFurther.test(before));
}

/** Whether the words right before a number call it a citizen service number. */
export function isCalledBsn(text: string, start: number): boolean {
  return named.test(textBefore(text, start));
}

/** 9a + 8b + 7c + 6d + 5e + 4f + 3g + 2h - i is a multiple of eleven (Logisch ontwerp BSN); eight digits get a leading zero. */
export function passesElevenTest(digits: string): boolean {
  const nine = digits.padStart(9, '0');
  if (!/^\d{9}$/.test(nine) || /^0+$/.test(nine)) return false;
  const sum = [...nine].reduce(
    (total, digit, index) => total + Number(digit) * (index === 8 ? -1 : 9 - index),
    0,
  );
  return sum % 11 === 0;
}

function isUsualForm({ digits, groups, gaps }: DigitWindow): boolean {
  if (digits.length !== 9 || gaps.some((gap) => gap.includes(','))) return false;
  const form = groups.map((group) => group.length).join(' ');
  return ['9', '4 2 3', '3 3 3', '3 2 4'].includes(form);
}

function isSomethingElse(text: string, window: DigitWindow): boolean {
  return isPartOfCode(text, window) || isAmount(text, window) || isNamedOtherwise(text, window, 'thing');
}
