import { type Request, Router } from 'express';
import { newestRelease } from '../../../surveys/aggregates/index.ts';
import { publishedSurvey } from '../../../surveys/definitions/index.ts';
import { displayNames } from '../../../surveys/municipality/index.ts';
import { problem } from '../../../surveys/problems.ts';
import { reaches } from '../../auth/principal.ts';
import type { StaffDoor } from '../../staff/index.ts';
import type { Named } from '../overview/figures.ts';
import { choicesIn } from '../overview/question-picker.tsx';
import { type StaffPageContext, staffPageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { type Filters, trendPeriods } from './choices.ts';
import { dashboardCharts } from './dashboard-charts.ts';
import { dashboardFigures, releasedYears } from './dashboard-figures.ts';
import type { Choice } from './dashboard-filters.tsx';
import { DashboardPage, type DashboardPageProps } from './dashboard-page.tsx';

const surveyKey = 'customer-journey';

/** The dashboard of analysts, departments and programme managers. All figures are from releases. */
export function dashboardRoutes(readSite: () => Promise<Site>, door: StaffDoor): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/dashboard', door.needs('aggregates:read'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    sendStaffPage(response, DashboardPage(await gatherDashboard(page, request.query)));
  });

  return router;
}

/** What the dashboard shows for these choices; a choice that is not there is as none, and the page says so. */
async function gatherDashboard(page: StaffPageContext, query: Request['query']): Promise<DashboardPageProps> {
  const survey = await publishedSurvey(surveyKey);
  const questions = survey ? choicesIn([survey]) : [];
  const shown = questions.find(({ question }) => question.key === query.question) ?? questions[0];
  if (!shown) throw problem('internal', { detail: 'The customer journey is not published.' });
  const within = page.staff.principal.grants.get('aggregates:read') ?? [];
  const release = await newestRelease(surveyKey);
  const [allDepartments, channels, years] = await Promise.all([
    named('department', page),
    named('channel', page),
    release ? releasedYears(shown, release) : [],
  ]);
  const all = within === 'all';
  const departments = allDepartments.filter(({ key }) => reaches(within, key));
  const unknown = unknownIn(query, {
    question: questions.map(({ question }) => question.key),
    department: departments.map(({ key }) => key),
    year: years,
    period: trendPeriods,
  });
  const choices = { questions, departments, all, years, limited: !all, unknown };
  const department =
    departments.find(({ key }) => key === query.department) ?? (all ? undefined : departments[0]);
  const year = years.find((one) => one === query.year) ?? years[0];
  if (!release || year === undefined || (!all && !department)) return { page, view: undefined, ...choices };
  const period = trendPeriods.find((one) => one === query.period) ?? 'quarter';
  const filters: Filters = { shown, department, year, period };
  const figures = await dashboardFigures(filters, { departments, channels, within }, release);
  const view = figures && { filters, figures, charts: await dashboardCharts(filters, figures, page) };
  return { page, view, ...choices };
}

/** The choices whose value there is nothing for; an empty one is none. Departments of others are told as those that never were. */
function unknownIn(query: Request['query'], known: Record<Choice, readonly string[]>): Choice[] {
  const names: Choice[] = ['question', 'department', 'year', 'period'];
  return names.filter((name) => {
    const value = query[name];
    return value !== undefined && value !== '' && !known[name].some((one) => one === value);
  });
}

async function named(kind: 'department' | 'channel', { locale }: StaffPageContext): Promise<Named[]> {
  const names = await displayNames(kind, locale);
  return [...names].map(([key, name]) => ({ key, name }));
}
