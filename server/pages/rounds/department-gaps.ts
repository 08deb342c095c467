import { listRounds, perceptionGap, type Round } from '../../../surveys/golden-ear/index.ts';
import type { Departments } from '../../auth/principal.ts';
import type { DepartmentGap } from './perception-page.tsx';
import { residentsFigures } from './residents-figures.ts';

/** The newest result of each department, beside what its residents said in the same calendar year. */
export async function departmentGaps(
  within: Departments,
  names: ReadonlyMap<string, string>,
): Promise<DepartmentGap[]> {
  const newest = new Map<string, Round>();
  for (const round of await listRounds(within)) {
    if (round.result?.figures.estimate && !newest.has(round.department)) newest.set(round.department, round);
  }
  const years = new Set([...newest.values()].map(({ month }) => month.slice(0, 4)));
  const residents = new Map(
    await Promise.all([...years].map(async (year) => [year, await residentsFigures(year, within)] as const)),
  );
  return [...newest.values()]
    .map(({ _id, department, month, result }) => ({
      round: _id,
      name: names.get(department) ?? department,
      month,
      gap: perceptionGap(
        result?.figures.estimate,
        residents.get(month.slice(0, 4))?.get(department)?.listening,
      ),
    }))
    .sort((one, other) => one.name.localeCompare(other.name));
}
