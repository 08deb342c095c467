import { Router } from 'express';
import { publishedSurvey } from '../../../surveys/definitions/index.ts';
import { ratesSatisfaction } from '../../../surveys/definitions/scales.ts';
import { displayNames } from '../../../surveys/municipality/index.ts';
import { problem } from '../../../surveys/problems.ts';
import type { StaffDoor } from '../../staff/index.ts';
import { formatTag, type TextKey } from '../i18n.ts';
import type { Named } from '../overview/figures.ts';
import { type StaffPageContext, staffPageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { drawJourney } from './journey-chart.ts';
import { type Journey, journeyOf, productsWithStages } from './journey-figures.ts';
import { JourneyPage } from './journey-page.tsx';

const surveyKey = 'customer-journey';

/** The curve of a product along its stages. All figures are from releases. */
export function journeyRoutes(readSite: () => Promise<Site>, door: StaffDoor): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/journey', door.needs('aggregates:read'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const survey = await publishedSurvey(surveyKey);
    const questions = survey?.questions.filter(({ off, scale }) => !off && ratesSatisfaction(scale)) ?? [];
    const question = questions.find(({ key }) => key === request.query.question) ?? questions[0];
    if (!survey || !question) throw problem('internal', { detail: 'The customer journey is not published.' });
    // The table of stages is over all departments together.
    const limited = page.staff.principal.grants.get('aggregates:read') !== 'all';
    const products = limited ? [] : await namedProducts(page);
    const product = products.find(({ key }) => key === request.query.product);
    const journey = limited ? undefined : await journeyOf(survey, question.key, product?.key, page.locale);
    const chart = journey && (await chartOf(journey, page));
    const { query } = request;
    const unknown: TextKey[] = [
      ...(query.product && !product ? (['journey.product'] as const) : []),
      ...(query.question && query.question !== question.key ? (['journey.question'] as const) : []),
    ];
    sendStaffPage(
      response,
      JourneyPage({ page, questions, question, products, product, journey, chart, unknown, limited }),
    );
  });

  return router;
}

async function namedProducts({ locale }: StaffPageContext): Promise<Named[]> {
  const [keys, names] = await Promise.all([productsWithStages(surveyKey), displayNames('product', locale)]);
  return keys.map((key) => ({ key, name: names.get(key) ?? key }));
}

async function chartOf({ stages, weakest }: Journey, { locale, t }: StaffPageContext): Promise<string> {
  return drawJourney(
    stages.map(({ key, name, figure }) => ({
      name,
      share: figure.satisfied,
      interval: figure.satisfiedInterval,
      mark: key === weakest?.key ? t('journey.weakest') : undefined,
    })),
    formatTag(locale),
    { title: t('journey.curve'), description: t('journey.curveText') },
  );
}
