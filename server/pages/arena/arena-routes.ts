import { type Request, type Response, Router } from 'express';
import {
  addCard,
  agree,
  closeSession,
  findSession,
  listSessions,
  planSession,
  removeCard,
} from '../../../surveys/client-arena/index.ts';
import { displayNames } from '../../../surveys/municipality/index.ts';
import { Problem } from '../../../surveys/problems.ts';
import { audit, byRequest } from '../../audit/index.ts';
import { limitOf, reaches } from '../../auth/principal.ts';
import type { Services } from '../../services.ts';
import type { StaffDoor } from '../../staff/index.ts';
import { fieldsOf } from '../form-body.ts';
import type { TextKey } from '../i18n.ts';
import { type StaffPageContext, staffPageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { agreementFields } from './agreements-part.tsx';
import { ArenasPage, sessionFields } from './arenas-page.tsx';
import { gatherSession } from './gather-session.ts';
import { ReportPage } from './report-page.tsx';
import { SessionPage } from './session-page.tsx';

const needed = 'arena:write';

/** Client arenas: planned, led and looked back on. */
export function arenaRoutes(
  { ctx, config }: Pick<Services, 'ctx' | 'config'>,
  readSite: () => Promise<Site>,
  door: StaffDoor,
): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const pageOf = async (request: Request, response: Response) =>
    staffPageContext(request, response, await readSite());

  router.get('/arenas', door.needs(needed), async (request, response) => {
    await sendArenas(response, await pageOf(request, response), {});
  });

  router.post('/arenas', ...door.form(needed), async (request, response) => {
    const page = await pageOf(request, response);
    const form = textsOf(request, sessionFields);
    try {
      const { _id } = await planSession(ctx, form, withinOf(page));
      await audit(ctx, { ...byRequest(ctx.keys, request, response), what: 'arena.planned', on: _id });
      response.redirect(303, `/arenas/${_id}?lang=${page.locale}`);
    } catch (error) {
      await sendArenas(response, page, { form, faults: faultsOf(error) });
    }
  });

  router.get('/arenas/:id', door.needs(needed), async (request, response) => {
    await sendSession(request, response, {});
  });

  router.get('/arenas/:id/report', door.needs(needed), async (request, response) => {
    const page = await pageOf(request, response);
    const session = await findSession(idOf(request), withinOf(page));
    const view = await gatherSession(ctx, config.baseUrl, session, page);
    sendStaffPage(response, ReportPage({ page, view }));
  });

  router.post('/arenas/:id/cards/:column', ...door.form(needed), async (request, response) => {
    const page = await pageOf(request, response);
    const column = String(request.params.column);
    const text = String(fieldsOf(request)[`text-${column}`] ?? '').trim();
    await orShow(request, response, () => addCard(ctx, idOf(request), { column, text }, withinOf(page)));
  });

  router.post('/arenas/:id/cards/:card/remove', ...door.form(needed), async (request, response) => {
    const page = await pageOf(request, response);
    const remove = () => removeCard(idOf(request), String(request.params.card), withinOf(page));
    await orShow(request, response, remove);
  });

  router.post('/arenas/:id/agreements', ...door.form(needed), async (request, response) => {
    const page = await pageOf(request, response);
    const agreed = textsOf(request, agreementFields);
    await orShow(request, response, () => agree(ctx, idOf(request), agreed, withinOf(page)));
  });

  router.post('/arenas/:id/close', ...door.form(needed), async (request, response) => {
    const page = await pageOf(request, response);
    await orShow(request, response, async () => {
      await closeSession(ctx, idOf(request), withinOf(page));
      const event = byRequest(ctx.keys, request, response);
      await audit(ctx, { ...event, what: 'arena.closed', on: idOf(request) });
    });
  });

  /** Back to the session when it was done; the page again with what is wrong otherwise. */
  async function orShow(request: Request, response: Response, act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      return sendSession(request, response, { faults: faultsOf(error) });
    }
    const { locale } = await pageOf(request, response);
    response.redirect(303, `/arenas/${idOf(request)}?lang=${locale}`);
  }

  async function sendSession(
    request: Request,
    response: Response,
    { faults = [] }: { faults?: TextKey[] },
  ): Promise<void> {
    const page = await pageOf(request, response);
    const session = await findSession(idOf(request), withinOf(page));
    const view = await gatherSession(ctx, config.baseUrl, session, page);
    const agreement = textsOf(request, agreementFields);
    sendStaffPage(response, SessionPage({ page, view, agreement, faults }), faults.length > 0 ? 400 : 200);
  }

  async function sendArenas(
    response: Response,
    page: StaffPageContext,
    {
      form,
      faults = [],
    }: { form?: ReturnType<typeof textsOf<(typeof sessionFields)[number]>>; faults?: TextKey[] },
  ): Promise<void> {
    const within = page.staff.principal.grants.get(needed) ?? [];
    const names = [...(await displayNames('department', page.locale))];
    const shown = ArenasPage({
      page,
      departments: names.filter(([key]) => reaches(within, key)).map(([key, name]) => ({ key, name })),
      sessions: await listSessions(withinOf(page)),
      form: form ?? emptyTexts(sessionFields),
      faults,
    });
    sendStaffPage(response, shown, faults.length > 0 ? 400 : 200);
  }

  return router;
}

function withinOf({ staff }: StaffPageContext) {
  return limitOf(staff.principal.grants.get(needed) ?? []);
}

function idOf({ params }: Request): string {
  return String(params.id);
}

function textsOf<Name extends string>(request: Request, names: readonly Name[]): Record<Name, string> {
  const fields = fieldsOf(request);
  return Object.fromEntries(names.map((name) => [name, String(fields[name] ?? '').trim()])) as Record<
    Name,
    string
  >;
}

function emptyTexts<Name extends string>(names: readonly Name[]): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, ''])) as Record<Name, string>;
}

const faultTexts: Record<string, TextKey> = {
  theme: 'arena.fault.theme',
  department: 'arena.fault.department',
  date: 'arena.fault.date',
  place: 'arena.fault.place',
  facilitator: 'arena.fault.facilitator',
  facilitatorEmail: 'arena.fault.facilitatorEmail',
  text: 'arena.fault.text',
  column: 'arena.fault.text',
  about: 'arena.fault.about',
  signal: 'arena.fault.about',
  what: 'arena.fault.what',
  owner: 'arena.fault.owner',
  by: 'arena.fault.by',
};

/** Each fault in words, once. @throws what is no fault of the form */
function faultsOf(error: unknown): TextKey[] {
  if (!(error instanceof Problem)) throw error;
  if (error.code === 'otherDepartment') return ['arena.fault.department'];
  if (error.code !== 'invalidBody') throw error;
  const texts = error.faults.map(({ pointer }) => faultTexts[pointer.split('/')[1] ?? ''] ?? 'error.other');
  return [...new Set(texts)];
}
