import { type AggregateRow, type Drivers, driversOf } from '../../../surveys/aggregates/index.ts';
import { readAggregatesWithin } from '../../auth/aggregates-within.ts';
import type { Departments } from '../../auth/principal.ts';
import { ifReleased } from '../overview/if-released.ts';
import { choicesIn } from '../overview/question-picker.tsx';
import type { Filters } from './choices.ts';

/** The grade that the drivers are about. */
const outcome = 'overall';
/** What a contact does to trust comes of how it went: it is no reason for the grade. */
const consequences = ['trust'];
/** What a department's groups may be; the first is taken that gives groups enough. */
const parts = ['channel', 'period', 'product'] as const;

export interface ShownDrivers extends Drivers {
  /** What the groups of a department are. */
  part: (typeof parts)[number];
}

/**
 * What goes together most with the grade, among the departments and channels of a year, or of one department among its
 * channels, months or products.
 * @returns undefined where no table has groups enough
 */
export async function dashboardDrivers(
  { shown, department, year }: Filters,
  within: Departments,
): Promise<ShownDrivers | undefined> {
  const keys = choicesIn([shown.survey]).map(({ question }) => question.key);
  const questions = keys.filter((key) => key !== outcome && !consequences.includes(key));
  for (const part of parts) {
    const released = await ifReleased(
      readAggregatesWithin(within, {
        survey: shown.survey.key,
        question: [outcome, ...questions].join(),
        by: `department,${part}`,
        ...(part === 'period' && { period: 'month' }),
        ...(department && { department: department.key }),
        from: `${year}-01`,
        to: `${year}-12`,
      }),
    );
    const drivers = driversOf(released?.rows ?? [], { outcome, questions }, groupOf);
    if (drivers) return { ...drivers, part };
  }
  return undefined;
}

function groupOf({ department, channel, product, period }: AggregateRow): string {
  return [department, channel, product, period].join('|');
}
