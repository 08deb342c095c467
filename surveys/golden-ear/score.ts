import type { Derived } from '../definitions/index.ts';
import { type Level, levelOf } from './levels.ts';

/** What a department's quickscan comes to. */
export interface Score {
  /** 0 to 100, rounded to one decimal. */
  total: number;
  level: Level;
  /** Always: the scan is a project's own and gives no official recognition. Show it wherever the level is shown. */
  indicative: true;
}

/**
 * Total and level of the nine areas, given the mean points per area over the respondents (0 up to its weight;
 * the mean of a derived score as releases give it). Undefined while an area has no score: a total without it
 * would look lower than the department is.
 */
export function goldenEarScore(
  areas: Pick<Derived, 'key'>[],
  points: Readonly<Record<string, number | undefined>>,
): Score | undefined {
  const scores = areas.map(({ key }) => points[key]).filter((score) => score !== undefined);
  if (areas.length === 0 || scores.length < areas.length) return undefined;
  const sum = scores.reduce((total, score) => total + score, 0);
  // Means come with six decimals: a half but for their rounding goes up too.
  const total = Math.floor(Number((sum * 10).toFixed(4)) + 0.5) / 10;
  return { total, level: levelOf(total), indicative: true };
}
