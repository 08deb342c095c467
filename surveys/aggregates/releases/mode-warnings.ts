import { differenceOfShares } from '../comparisons.ts';
import { isReleased, keyDimensions } from '../tables.ts';
import type { Pair } from './changes.ts';
import { findRows, keysOf } from './find-rows.ts';
import type { Release, ReleaseRow } from './models.ts';
import type { Request } from './request.ts';

/** Something to know before figures are held beside each other. */
export interface Warning {
  code: 'modesDiffer' | 'modeMixChanged' | 'modeMixUnknown';
  detail: string;
  /** The department of the row that it is about. */
  department?: string;
}

/** A share of one way of answering that moved by less than this is no reason to doubt a comparison. */
const clearShift = 0.1;

/** Answers by voice are more positive than answers on screen, whatever the service was. */
export const modesDiffer: Warning = {
  code: 'modesDiffer',
  detail:
    'The rows were answered in different ways. Ways of answering are not ranked: voice gives higher grades.',
};

/**
 * Whether the ways of answering differ clearly between rows that are compared: the share of one of them moved by ten
 * points or more, and the interval of its difference leaves out 0. Known only where the release has a table of these
 * rows by mode.
 */
export async function modeWarnings(
  release: Release,
  request: Request,
  question: string,
  compared: readonly Pair[],
): Promise<Warning[]> {
  if (request.tableKeys.includes('mode')) return [];
  const keys = keyDimensions.filter((key) => key === 'mode' || request.tableKeys.includes(key));
  const known = compared.filter(({ before }) => before !== undefined);
  if (known.length === 0) return [];
  if (!isReleased(release.tables, keys, request.level)) return [modeMixUnknown];
  const periods = known.flatMap(({ row, before }) => [row.period, before!.period]).sort();
  const { level, filters } = request;
  const rows = await findRows(release, {
    question,
    keys,
    level,
    filters,
    span: { from: undefined, to: undefined },
  });
  const mixes = mixesOf(rows.filter(({ period }) => periods.includes(period)));
  return known.flatMap(({ row, before }): Warning[] => {
    const [now, then] = [mixes.get(placeOf(row)), mixes.get(placeOf(before!))];
    const moved = now && then && clearlyMoved(now, then);
    if (moved === undefined) return [];
    const place = [...Object.values(row.keys), row.period].filter((part) => part !== '').join(', ');
    return [
      {
        code: 'modeMixChanged',
        ...(row.keys.department && { department: row.keys.department }),
        detail: `${place}: the share of ${moved} changed since ${before!.period}`,
      },
    ];
  });
}

const modeMixUnknown: Warning = {
  code: 'modeMixUnknown',
  detail:
    'Whether these rows were answered in other ways than before is not known: no table of them by mode is released.',
};

/** Mode to its answers. */
type Mix = Map<string, number>;

/** By place; without those of which a part is hidden. */
function mixesOf(rows: ReleaseRow[]): Map<string, Mix> {
  const mixes = new Map<string, Mix>();
  const partly = new Set<string>();
  for (const row of rows) {
    const { mode = '', ...keys } = row.keys;
    const place = placeOf({ ...row, keys });
    const mix = mixes.get(place) ?? new Map<string, number>();
    mixes.set(place, mix.set(mode, row.figures.responses ?? 0));
    if (row.figures.responses === undefined) partly.add(place);
  }
  for (const place of partly) mixes.delete(place);
  return mixes;
}

function clearlyMoved(now: Mix, then: Mix): string | undefined {
  const [n, m] = [total(now), total(then)];
  return [...new Set([...now.keys(), ...then.keys()])].find((mode) => {
    const found = differenceOfShares(
      { successes: now.get(mode) ?? 0, n },
      { successes: then.get(mode) ?? 0, n: m },
    );
    if (!found) return false;
    const [low, high] = found.interval;
    return Math.abs(found.difference) >= clearShift && (low > 0 || high < 0);
  });
}

function placeOf({ period, keys }: Pick<ReleaseRow, 'period' | 'keys'>): string {
  return `${period}|${keysOf(keys)}`;
}

function total(mix: Mix): number {
  return [...mix.values()].reduce((sum, count) => sum + count, 0);
}
