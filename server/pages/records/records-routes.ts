import { type Request, type Response, Router } from 'express';
import { listSurveys } from '../../../surveys/definitions/index.ts';
import { Problem } from '../../../surveys/problems.ts';
import { endGrant, giveGrant, listGrants } from '../../../surveys/unit-records/index.ts';
import { audit, byRequest } from '../../audit/index.ts';
import type { Services } from '../../services.ts';
import type { StaffDoor } from '../../staff/index.ts';
import { fieldsOf } from '../form-body.ts';
import { staffPageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { type GrantField, grantFields, RecordsPage } from './records-page.tsx';

/** Grants to export answers one by one, for the privacy officer. */
export function recordRoutes({ ctx }: Services, readSite: () => Promise<Site>, door: StaffDoor): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/records', door.needs('records:write'), async (request, response) => {
    await show(request, response, { given: request.query.given === 'yes' });
  });

  router.post('/records', ...door.form('records:write'), async (request, response) => {
    const values = textsOf(fieldsOf(request));
    try {
      const by = byRequest(ctx.keys, request, response);
      await giveGrant(ctx, values, (on) => audit(ctx, { ...by, what: 'records.granted', on }));
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'invalidBody') throw error;
      const wrong = new Set(error.faults.map(({ pointer }) => pointer.slice(1)));
      const missing = grantFields.filter((name) => values[name] === undefined);
      const faults = grantFields.filter((name) => wrong.has(name) || missing.includes(name));
      await show(request, response, { values, faults });
      return;
    }
    const { locale } = staffPageContext(request, response, await readSite());
    response.redirect(303, `/records?lang=${locale}&given=yes`);
  });

  router.post('/records/:id/end', ...door.form('records:write'), async (request, response) => {
    const id = String(request.params.id);
    await endGrant(ctx, id);
    await audit(ctx, { ...byRequest(ctx.keys, request, response), what: 'records.grantEnded', on: id });
    const { locale } = staffPageContext(request, response, await readSite());
    response.redirect(303, `/records?lang=${locale}`);
  });

  async function show(
    request: Request,
    response: Response,
    { values = {}, faults = [], given = false }: { values?: Typed; faults?: GrantField[]; given?: boolean },
  ): Promise<void> {
    const page = staffPageContext(request, response, await readSite());
    const [surveys, grants] = await Promise.all([listSurveys(), listGrants()]);
    const body = RecordsPage({ page, surveys, grants, now: ctx.clock.now(), values, faults, given });
    sendStaffPage(response, body, faults.length > 0 ? 400 : 200);
  }

  return router;
}

type Typed = Partial<Record<GrantField, string>>;

/** What was filled in; a field that was left empty is missing. */
function textsOf(typed: ReturnType<typeof fieldsOf>): Typed {
  const given = grantFields.flatMap((name) => {
    const text = typed[name];
    return typeof text === 'string' && text.trim() !== '' ? [[name, text.trim()]] : [];
  });
  return Object.fromEntries(given) as Typed;
}
