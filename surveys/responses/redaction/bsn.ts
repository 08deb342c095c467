import {
  type DigitWindow,
  digitWindows,
  isAmount,
  isNamedOtherwise,
  isPartOfCode,
  textBefore,
} from './digits.ts';
import { overlaps, type Range } from './range.ts';

const named =
  /(?:\bbsn|burgerservicenummer|burger\sservice\snummer|sofi-?nummer|\bsofi|citizen\sservice\snumber)(?:[\s-]?(?:nummer|nr|number))?\.?(?:\s(?:is|was))?[\s:=(]{0,3}$/iu;

/**
 * Citizen service numbers: nine digits that pass the eleven-test, in one piece or grouped as people write them
 * (1234.56.782, 123 456 782). Grouped by thousands or with eight digits only where the text calls it a BSN.
 */
export function findBsns(text: string, taken: Range[]): Range[] {
  const found: Range[] = [];
  for (const window of [...digitWindows(text, taken, 8, 9)].flat()) {
    if (!passesElevenTest(window.digits) || found.some((earlier) => overlaps(earlier, window))) continue;
    const called = named.test(textBefore(text, window.start));
    if (called ? isAnyForm(window) : isUsualForm(window) && !isSomethingElse(text, window)) {
      found.push({ start: window.start, end: window.end });
    }
  }
  return found;
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
  if (digits.length !== 9) return false;
  const form = groups.map((group) => group.length).join(' ');
  if (form === '9') return true;
  if (form === '4 2 3') return true;
  return form === '3 3 3' && gaps.every((gap) => gap === ' ' || gap === '-' || gap === '\u00a0');
}

function isAnyForm({ gaps }: DigitWindow): boolean {
  return gaps.every((gap) => gap.length <= 1);
}

function isSomethingElse(text: string, window: DigitWindow): boolean {
  return isPartOfCode(text, window) || isAmount(text, window) || isNamedOtherwise(text, window.start);
}
