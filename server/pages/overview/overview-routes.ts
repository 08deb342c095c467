import { Router } from 'express';
import { listSurveys } from '../../../surveys/definitions/index.ts';
import { directoryKinds, displayNames, listEntries } from '../../../surveys/municipality/index.ts';
import { problem } from '../../../surveys/problems.ts';
import type { StaffDoor } from '../../staff/index.ts';
import { type PageContext, pageContext } from '../page-context.ts';
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
export function overviewRoutes(readSite: () => Promise<Site>, door: StaffDoor): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/overview', async (request, response) => {
    const staffCsrf = await door.enter(request, response);
    if (staffCsrf === undefined) return;
    const page = { ...pageContext(request, response, await readSite()), staffCsrf };
    sendStaffPage(response, OverviewPage(await gather(page, request.query.show)));
  });

  async function gather(page: PageContext, wanted: unknown): Promise<OverviewPageProps> {
    const choices = choicesIn(await listSurveys());
    const named = (name: unknown) => choices.find((choice) => nameOf(choice) === name);
    const shown = named(wanted) ?? named(firstShown) ?? choices[0];
    if (!shown) throw problem('internal', { detail: 'No survey is published.' });
    const [departments, channels, newKeys] = await Promise.all([
      namesOf('department', page),
      namesOf('channel', page),
      listNewKeys(),
    ]);
    const [figures, scan, gap] = await Promise.all([
      shownFigures(shown, { departments, channels }, page),
      quickscanFigures(departments),
      releasedGap(),
    ]);
    return { page, choices, shown, figures, scan, gap, newKeys };
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
