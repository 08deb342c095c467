import { type Derived, publishedSurvey } from '../../../surveys/definitions/index.ts';
import { goldenEarScore } from '../../../surveys/golden-ear/index.ts';
import { readAggregatesWithin } from '../../auth/aggregates-within.ts';
import type { Departments } from '../../auth/principal.ts';
import type { Named } from './figures.ts';
import { ifReleased } from './if-released.ts';
import type { DepartmentScan } from './quickscan-table.tsx';

export interface QuickscanFigures {
  areas: Derived[];
  scans: DepartmentScan[];
}

/** The survey whose derived scores are the areas of the Golden Ear. */
const quickscan = 'golden-ear-quickscan';

/**
 * The newest released quickscan of every department within reach, in the order and with the names given.
 * @returns undefined before the first release
 */
export async function quickscanFigures(
  departments: Named[],
  within: Departments,
): Promise<QuickscanFigures | undefined> {
  const survey = await publishedSurvey(quickscan);
  if (!survey) return undefined;
  const areas = survey.derived;
  const question = areas.map(({ key }) => key).join(',');
  const result = await ifReleased(
    readAggregatesWithin(within, { survey: quickscan, question, by: 'department' }),
  );
  if (!result) return undefined;

  const points = new Map<string, Record<string, number | undefined>>();
  for (const row of result.rows) {
    const department = row.department ?? '';
    const known = points.get(department) ?? {};
    points.set(department, { ...known, [row.question]: row.status === 'suppressed' ? undefined : row.mean });
  }
  const scans = departments.flatMap((department): DepartmentScan[] => {
    const own = points.get(department.key);
    return own ? [{ department, points: own, score: goldenEarScore(areas, own) }] : [];
  });
  return scans.length > 0 ? { areas, scans } : undefined;
}
