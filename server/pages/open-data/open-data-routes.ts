import { type Response, Router } from 'express';
import { listSurveys, publishedSurvey, textIn } from '../../../surveys/definitions/index.ts';
import { getMunicipality } from '../../../surveys/municipality/index.ts';
import { findEdition, findFile, listEditions } from '../../../surveys/open-data/index.ts';
import { problem } from '../../../surveys/problems.ts';
import { everyone } from '../../auth/declared-access.ts';
import { toCatalogue } from '../../open-data/catalogue.ts';
import type { Services } from '../../services.ts';
import { pageContext } from '../page-context.ts';
import { sendPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { OpenDataPage } from './open-data-page.tsx';

const jsonLd = 'application/ld+json';
const turtle = 'text/turtle';
const forALittle = 'public, max-age=300';
const forEver = 'public, max-age=31536000, immutable';

/**
 * Released tables for everyone, while the municipality has that turned on; otherwise there is nothing here. A file never
 * changes, so caches may keep it.
 */
export function openDataRoutes({ config }: Pick<Services, 'config'>, readSite: () => Promise<Site>): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/open-data', everyone, async (request, response) => {
    const { openData } = await turnedOn();
    const page = pageContext(request, response, await readSite());
    const props = { page, licence: openData.licence, editions: await listEditions(), titles: await titles() };
    cached(response, forALittle);
    await sendPage(request, response, OpenDataPage(props));
  });

  const catalogue = async () => {
    const municipality = await turnedOn();
    return toCatalogue({
      baseUrl: config.baseUrl,
      municipality,
      editions: await listEditions(),
      titles: await titles(),
    });
  };

  router.get('/open-data/catalogue', everyone, async (request, response) => {
    const described = await catalogue();
    response.vary('Accept');
    if (request.accepts([jsonLd, turtle]) === turtle) return sendTurtle(response, described);
    cached(response, forALittle);
    response.setHeader('Link', `</open-data/catalogue.ttl>; rel="alternate"; type="${turtle}"`);
    response.type(jsonLd).send(JSON.stringify(described, null, 2));
  });

  router.get('/open-data/catalogue.ttl', everyone, async (_request, response) => {
    await sendTurtle(response, await catalogue());
  });

  router.get('/open-data/:survey/:release', everyone, async (request, response) => {
    const { openData } = await turnedOn();
    const { survey, release } = request.params;
    const edition = await findEdition(`${survey}/${release}`);
    if (!edition) throw problem('notFound');
    const page = pageContext(request, response, await readSite());
    const props = { page, licence: openData.licence, editions: [edition], titles: await titles() };
    cached(response, forALittle);
    await sendPage(request, response, OpenDataPage(props));
  });

  router.get('/open-data/:survey/:release/:file', everyone, async (request, response) => {
    await turnedOn();
    const { survey, release, file } = request.params;
    const found = await findFile(`${survey}/${release}`, String(file));
    if (!found) throw problem('notFound');
    const { entry, body } = found;
    const tag = `"${entry.checksum}"`;
    cached(response, forEver);
    response.set({
      ETag: tag,
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      ...(entry.name.endsWith('.csv') && {
        Link: `<${entry.name}-metadata.json>; rel="describedby"; type="application/csvm+json"`,
      }),
    });
    if (request.get('If-None-Match')?.includes(tag)) response.status(304).end();
    else response.type(entry.type).end(body);
  });

  return router;
}

/** Writes RDF only where it is asked for: who starts the service need not wait for what does it. */
async function sendTurtle(response: Response, described: Record<string, unknown>): Promise<void> {
  const { toTurtle } = await import('../../open-data/turtle.ts');
  cached(response, forALittle);
  response.type(turtle).send(await toTurtle(described));
}

/** @throws Problem `notFound` while open data is off */
async function turnedOn() {
  const municipality = await getMunicipality();
  const { openData } = municipality;
  if (!openData) throw problem('notFound');
  return { ...municipality, openData };
}

/** Titles of the surveys by key. */
async function titles() {
  const keys = (await listSurveys()).map(({ key }) => key);
  const surveys = await Promise.all(keys.map((key) => publishedSurvey(key)));
  return new Map(
    surveys.flatMap((published) =>
      published
        ? [
            [
              published.key,
              { nl: textIn(published.survey.title, 'nl'), en: textIn(published.survey.title, 'en') },
            ] as const,
          ]
        : [],
    ),
  );
}

function cached(response: Response, how: string): void {
  response.setHeader('Cache-Control', how);
}
