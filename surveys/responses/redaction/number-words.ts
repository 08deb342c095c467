import { goesOn } from './digits.ts';
import { type Reading, reread, type View } from './view.ts';

const units: Record<string, string> = {
  ...{
    nul: '0',
    een: '1',
    één: '1',
    eén: '1',
    twee: '2',
    drie: '3',
    vier: '4',
    vijf: '5',
    zes: '6',
    zeven: '7',
    acht: '8',
  },
  ...{
    negen: '9',
    zero: '0',
    oh: '0',
    o: '0',
    nought: '0',
    one: '1',
    two: '2',
    three: '3',
    four: '4',
    five: '5',
  },
  ...{ six: '6', seven: '7', eight: '8', nine: '9' },
};
const teens: Record<string, string> = {
  ...{ tien: '10', elf: '11', twaalf: '12', dertien: '13', veertien: '14', vijftien: '15', zestien: '16' },
  ...{
    zeventien: '17',
    achttien: '18',
    negentien: '19',
    ten: '10',
    eleven: '11',
    twelve: '12',
    thirteen: '13',
  },
  ...{ fourteen: '14', fifteen: '15', sixteen: '16', seventeen: '17', eighteen: '18', nineteen: '19' },
};
const tens: Record<string, string> = {
  ...{ twintig: '2', dertig: '3', veertig: '4', vijftig: '5', zestig: '6', zeventig: '7', tachtig: '8' },
  ...{
    negentig: '9',
    twenty: '2',
    thirty: '3',
    forty: '4',
    fifty: '5',
    sixty: '6',
    seventy: '7',
    eighty: '8',
  },
  ...{ ninety: '9' },
};
const repeats: Record<string, number> = { dubbel: 2, dubbele: 2, double: 2, triple: 3 };

const anyOf = (words: object) => Object.keys(words).join('|');
const token = new RegExp(
  `(?<![\\p{L}])(?:(?<plus>plus)|(?<repeat>${anyOf(repeats)})[ -](?<repeated>${anyOf(units)}|\\d)` +
    `|(?<unit>${anyOf(units)})|(?<teen>${anyOf(teens)})` +
    `|(?<before>${anyOf(units)})(?:en|ën)(?<dutchTen>${anyOf(tens)})` +
    `|(?<ten>${anyOf(tens)})(?:[ -](?<after>${anyOf(units)}))?|(?<digits>\\d+))(?!\\p{L})`,
  'giu',
);
const between = new RegExp(`^(?:[\\s,()/-]{0,3}|\\.|${goesOn})$`, 'i');
const fewestDigits = 8;

interface Token extends Reading {
  inWords: boolean;
}

/**
 * Reads numbers in Dutch and English words as digits: "nul zes twaalf vierendertig", "double seven", "plus 31".
 * Only where words and digits that follow each other make up eight digits or more, as in a phone number or BSN: a
 * word such as "een" or "vier" means itself otherwise. And a word after "nummer", as in "huisnummer twaalf", and
 * two before two capitals, as in "dertien vijftien AB".
 */
export function inDigits(view: View): View {
  return reread(
    view,
    runsOfNumbers(view.text)
      .filter((run) => isLongNumber(run) || isNumbered(run, view.text) || isPostcode(run, view.text))
      .flatMap(withPlainGaps),
  );
}

/** The words of a run as digits, and the commas and spaces beside them as single spaces. */
function withPlainGaps(run: Token[]): Reading[] {
  return run.flatMap((token, index) => {
    const next = run[index + 1];
    const besideWord = token.inWords || next?.inWords;
    const gap =
      next && besideWord && next.start > token.end ? [{ start: token.end, end: next.start, as: ' ' }] : [];
    return [...(token.inWords ? [token] : []), ...gap];
  });
}

function runsOfNumbers(text: string): Token[][] {
  const runs: Token[][] = [];
  let end = -Infinity;
  for (const { 0: written, index: start, groups = {} } of text.matchAll(token)) {
    const follows = end >= 0 && between.test(text.slice(end, start));
    end = start + written.length;
    const next = { start, end, as: digitsOf(groups), inWords: groups.digits === undefined };
    if (follows) runs.at(-1)!.push(next);
    else runs.push([next]);
  }
  return runs;
}

/** "Huisnummer twaalf". */
function isNumbered(run: Token[], text: string): boolean {
  return (
    run.length === 1 &&
    /(?:nummer|nr\.?|number) $/i.test(text.slice(Math.max(0, run[0]!.start - 12), run[0]!.start))
  );
}

/** "Dertien vijftien AB": a postcode, dictated. */
function isPostcode(run: Token[], text: string): boolean {
  const end = run.at(-1)!.end;
  const words = run.length === 2 && run.every(({ as, inWords }) => inWords && as.length === 2);
  return words && /^ [A-Z] ?[A-Z](?!\p{L})/u.test(text.slice(end, end + 5));
}

/** One word in a number must stand between digits: in "06… een collega" the word is no part of it. */
function isLongNumber(run: Token[]): boolean {
  const words = run.filter(({ inWords }) => inWords).length;
  const digits = run.reduce((total, { as }) => total + as.length, 0);
  const inside = !run[0]!.inWords && !run.at(-1)!.inWords;
  return digits >= fewestDigits && (words > 1 || (words === 1 && inside));
}

function digitsOf(groups: Record<string, string | undefined>): string {
  const word = (name: string) => groups[name]?.toLowerCase() ?? '';
  if (groups.plus) return '+';
  if (groups.repeat) return (units[word('repeated')] ?? word('repeated')).repeat(repeats[word('repeat')]!);
  if (groups.unit) return units[word('unit')]!;
  if (groups.teen) return teens[word('teen')]!;
  if (groups.dutchTen) return `${tens[word('dutchTen')]}${units[word('before')]}`;
  if (groups.ten) return `${tens[word('ten')]}${groups.after ? units[word('after')] : '0'}`;
  return word('digits');
}
