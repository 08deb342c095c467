import { type Request, type Response, Router } from 'express';
import { inAmsterdam } from '../../../surveys/calendar.ts';
import { type PublishedSurvey, publishedSurvey, textIn } from '../../../surveys/definitions/index.ts';
import { displayNames } from '../../../surveys/municipality/index.ts';
import { problem } from '../../../surveys/problems.ts';
import {
  closeSharedLink,
  codeOf,
  createSharedLink,
  listSharedLinks,
  qrSvg,
  type SharedLink,
  SharedLinkModel,
  sharedLinkUrl,
  stateOf,
} from '../../../surveys/shared-links/index.ts';
import { audit, byRequest } from '../../audit/index.ts';
import { reaches } from '../../auth/principal.ts';
import type { Services } from '../../services.ts';
import type { StaffDoor } from '../../staff/index.ts';
import { fieldsOf } from '../form-body.ts';
import type { Named } from '../overview/figures.ts';
import { type StaffPageContext, staffPageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { CardPage } from './card-page.tsx';
import { CardsPage, type ListedCard } from './cards-page.tsx';
import {
  type CardChoices,
  type CardForm,
  type CardKind,
  cardFields,
  cardKinds,
  readCard,
} from './new-card.ts';

const needed = 'links:write';
const surveyKey = 'customer-journey';
const kinds = Object.keys(cardKinds) as CardKind[];

/** Codes by which residents answer without a mail: cards and letters, kiosks, and staff who ask by phone. */
export function cardRoutes(
  { ctx, config }: Pick<Services, 'ctx' | 'config'>,
  readSite: () => Promise<Site>,
  door: StaffDoor,
): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/cards', door.needs(needed), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    await sendCards(response, page, { closed: request.query.closed === 'yes' });
  });

  router.post('/cards', ...door.form(needed), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const fields = fieldsOf(request);
    const form = formOf((name) => (typeof fields[name] === 'string' ? fields[name] : ''));
    const survey = await surveyToAsk();
    const read = readCard(form, await choicesFor(page, survey), survey, ctx.clock);
    if ('faults' in read) return sendCards(response, page, { form, faults: read.faults });
    const { link } = await createSharedLink(ctx, read.link);
    await note(request, response, 'link.made', link);
    response.redirect(303, `/cards/${link._id}?lang=${page.locale}`);
  });

  router.get('/cards/:id', door.needs(needed), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const link = await findLink(request.params.id, page);
    const code = codeOf(ctx, link);
    const qr = await qrSvg(sharedLinkUrl(config.baseUrl, code), page.t('cards.qr'));
    const form = request.query.form === 'letter' ? 'letter' : 'cards';
    const host = config.baseUrl.replace(/^https?:\/\//, '');
    sendStaffPage(response, CardPage({ page, link, code, host, qr, form }));
  });

  router.post('/cards/:id/close', ...door.form(needed), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const link = await findLink(request.params.id, page);
    await closeSharedLink(ctx, link._id);
    await note(request, response, 'link.closed', link);
    response.redirect(303, `/cards?lang=${page.locale}&closed=yes`);
  });

  interface Shown {
    form?: CardForm;
    faults?: Parameters<typeof CardsPage>[0]['faults'];
    closed?: boolean;
  }

  async function sendCards(
    response: Response,
    page: StaffPageContext,
    { form = formOf(() => ''), faults = [], closed = false }: Shown,
  ): Promise<void> {
    const choices = await choicesFor(page, await surveyToAsk());
    const cards = await listCards(page);
    const shown = CardsPage({ page, choices, form, faults, cards, closed });
    sendStaffPage(response, shown, faults.length > 0 ? 400 : 200);
  }

  async function listCards(page: StaffPageContext): Promise<ListedCard[]> {
    const links = (await Promise.all(kinds.map((kind) => listSharedLinks(kind)))).flat();
    return links
      .filter(({ department }) => reaches(reachOf(page), department))
      .sort((a, b) => b.opensAt.getTime() - a.opensAt.getTime())
      .map((link) => ({
        link,
        code: codeOf(ctx, link),
        state: stateOf(link, ctx.clock.now()),
        lastDay: inAmsterdam(link.closesAt).toISODate(),
      }));
  }

  async function findLink(id: unknown, page: StaffPageContext): Promise<SharedLink> {
    const link = await SharedLinkModel.findOne({ _id: String(id), purpose: { $in: kinds } }).lean();
    if (!link || !reaches(reachOf(page), link.department)) throw problem('notFound');
    return link;
  }

  function note(
    request: Request,
    response: Response,
    what: 'link.made' | 'link.closed',
    { purpose, department }: SharedLink,
  ): Promise<void> {
    return audit(ctx, { ...byRequest(ctx.keys, request, response), what, on: `${purpose}:${department}` });
  }

  return router;
}

function reachOf({ staff }: StaffPageContext) {
  return staff.principal.grants.get(needed) ?? [];
}

async function surveyToAsk(): Promise<PublishedSurvey> {
  const survey = await publishedSurvey(surveyKey);
  if (!survey) throw problem('internal', { detail: 'The customer journey is not published.' });
  return survey;
}

async function choicesFor(page: StaffPageContext, { survey }: PublishedSurvey): Promise<CardChoices> {
  const { locale } = page;
  const named = async (kind: 'department' | 'channel' | 'product'): Promise<Named[]> =>
    [...(await displayNames(kind, locale))].map(([key, name]) => ({ key, name }));
  const within = reachOf(page);
  const departments = await named('department');
  return {
    departments: departments.filter(({ key }) => reaches(within, key)),
    channels: await named('channel'),
    products: await named('product'),
    stages: (survey.stages ?? []).map(({ key, title }) => ({ key, name: textIn(title, locale) })),
  };
}

function formOf(value: (name: keyof CardForm) => string): CardForm {
  return Object.fromEntries(cardFields.map((name) => [name, value(name)])) as CardForm;
}
