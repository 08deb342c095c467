import type { AggregatesQuery } from '../../schemas/generated/aggregates-query.ts';
import { type Aggregates, readAggregates, type Source } from '../../surveys/aggregates/index.ts';
import { problem } from '../../surveys/problems.ts';
import { type Departments, reaches } from './principal.ts';

/**
 * Reads a released table as far as it is about these departments. Who is limited to departments gets rows of those
 * only, and no figure over others: with the total of two departments, one of them tells the other. The rows were hidden
 * where needed over all departments together, so leaving out some of them reveals nothing.
 * @throws Problem `otherDepartment` when another department is asked for, or a table that is not by department; and
 *   those of `readAggregates`
 */
export async function readAggregatesWithin(
  departments: Departments,
  query: AggregatesQuery,
  source?: Source,
): Promise<Aggregates> {
  if (departments === 'all') return readAggregates(query, source);
  if (query.department !== undefined) {
    if (!reaches(departments, query.department)) throw problem('otherDepartment');
    return readAggregates(query, source);
  }
  if (!query.by?.split(',').includes('department')) {
    throw problem('otherDepartment', {
      detail: 'This is about all departments. Ask by=department, or for one department of yours.',
    });
  }
  const table = await readAggregates(query, source);
  const rows = table.rows.filter(({ department }) => department != null && reaches(departments, department));
  const warnings = table.warnings.filter(({ department }) => !department || reaches(departments, department));
  return { ...table, rows, warnings, total: null, totals: [] };
}
