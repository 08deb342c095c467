import { Router } from 'express';
import { callbacksKept } from '../../../surveys/callbacks/index.ts';
import { listSurveys } from '../../../surveys/definitions/index.ts';
import { directoryKinds, displayNames, listEntries } from '../../../surveys/municipality/index.ts';
import { problem } from '../../../surveys/problems.ts';
import { type Departments, reaches } from '../../auth/principal.ts';
import type { Services } from '../../services.ts';
import type { StaffDoor } from '../../staff/index.ts';
import { type PageContext, type StaffPageContext, staffPageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { releasedGap } from './arena-gap.ts';
import type { Named } from './figures.ts';
import { OverviewPage, type OverviewPageProps } from './overview-page.tsx';
import { choicesIn, nameOf } from './question-picker.tsx';
import { quickscanFigures } from './quickscan-figures.ts';
import { shownFigures } from './shown-figures.ts';

/** What is shown when nobody chose: the grade of the customer journey. */
const firstShown = 'customer-journey.overall';

/** The overview for staff. All figures are from releases. */
export function overviewRoutes(
  { ctx }: Pick<Services, 'ctx'>,
  readSite: () => Promise<Site>,
  door: StaffDoor,
): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/overview', door.needs('aggregates:read'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    sendStaffPage(response, OverviewPage(await gather(page, request.query.show)));
  });

  async function gather(page: StaffPageContext, wanted: unknown): Promise<OverviewPageProps> {
    const choices = choicesIn(await listSurveys());
    const named = (name: unknown) => choices.find((choice) => nameOf(choice) === name);
    const shown = named(wanted) ?? named(firstShown) ?? choices[0];
    if (!shown) throw problem('internal', { detail: 'No survey is published.' });
    const { grants } = page.staff.principal;
    const within = grants.get('aggregates:read') ?? [];
    const [departments, channels, newKeys] = await Promise.all([
      namesOf('department', page),
      namesOf('channel', page),
      grants.has('municipality:write') ? listNewKeys() : [],
    ]);
    const [figures, scan, gap, kept] = await Promise.all([
      shownFigures(shown, { departments, channels, within }, page),
      quickscanFigures(departments, within),
      within === 'all' ? releasedGap() : undefined,
      keptFigures(departments, within),
    ]);
    return {
      page,
      choices,
      shown,
      unknown: !wanted || named(wanted) ? [] : ['overview.choice'],
      figures,
      scan,
      gap,
      kept,
      newKeys,
      mayAct: grants.has('actions:write'),
      limited: within !== 'all',
    };
  }

  /** The promises to call back that departments within reach gave, once a quarter of them is over. */
  async function keptFigures(departments: Named[], within: Departments): Promise<OverviewPageProps['kept']> {
    const figures = (await callbacksKept(ctx)).filter(({ department }) => reaches(within, department));
    if (figures.length === 0) return undefined;
    const nameOf = (key: string) => departments.find((one) => one.key === key)?.name ?? key;
    return { figures, nameOf };
  }

  return router;
}

async function namesOf(kind: 'department' | 'channel', { locale }: PageContext): Promise<Named[]> {
  const names = await displayNames(kind, locale);
  return [...names].map(([key, name]) => ({ key, name }));
}

async function listNewKeys() {
  const entries = await Promise.all(
    directoryKinds.map(async (kind) => (await listEntries(kind)).map((entry) => ({ ...entry, kind }))),
  );
  return entries.flat().filter(({ isNew }) => isNew);
}
