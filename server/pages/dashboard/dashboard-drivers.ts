import {
  type AggregateRow,
  type Drivers,
  driversOf,
  type Release,
} from '../../../surveys/aggregates/index.ts';
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

/** What was worked out lately: a release never changes, and every visitor of a day asks the same. */
const worked = new Map<string, { drivers: ShownDrivers | undefined }>();
const kept = 200;

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
  filters: Filters,
  within: Departments,
  release: Release,
): Promise<ShownDrivers | undefined> {
  const { shown, department, year } = filters;
  const about = [release._id, release.checksum, shown.survey.version, department?.key, year, within].join(
    '|',
  );
  const known = worked.get(about);
  if (known) return known.drivers;
  const drivers = await workOut(filters, release, within);
  const [oldest] = worked.keys();
  if (worked.size >= kept && oldest !== undefined) worked.delete(oldest);
  worked.set(about, { drivers });
  return drivers;
}

async function workOut(
  { shown, department, year }: Filters,
  release: Release,
  within: Departments,
): Promise<ShownDrivers | undefined> {
  const keys = choicesIn([shown.survey]).map(({ question }) => question.key);
  const questions = keys.filter((key) => key !== outcome && !consequences.includes(key));
  for (const part of parts) {
    const released = await ifReleased(
      readAggregatesWithin(
        within,
        {
          survey: shown.survey.key,
          question: [outcome, ...questions].join(),
          by: `department,${part}`,
          ...(part === 'period' && { period: 'month' }),
          ...(department && { department: department.key }),
          from: `${year}-01`,
          to: `${year}-12`,
        },
        { published: shown.survey, release },
      ),
    );
    const drivers = driversOf(released?.rows ?? [], { outcome, questions }, groupOf);
    if (drivers) return { ...drivers, part };
  }
  return undefined;
}

function groupOf({ department, channel, product, period }: AggregateRow): string {
  return [department, channel, product, period].join('|');
}
