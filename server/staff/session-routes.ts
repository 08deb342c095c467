import { Router } from 'express';
import { problem } from '../../surveys/problems.ts';
import { audit, byRequest } from '../audit/index.ts';
import { fieldsOf } from '../pages/form-body.ts';
import { staffPageContext } from '../pages/page-context.ts';
import { sendStaffPage } from '../pages/send-page.ts';
import type { Site } from '../pages/site.ts';
import type { Services } from '../services.ts';
import { endSessionOf, isFresh, sessionsOf } from './sessions.ts';
import { SessionsPage } from './sessions-page.tsx';
import type { StaffDoor } from './staff-door.ts';

/** One's own sessions, to see and to end. */
export function sessionRoutes(
  { ctx, config }: Services,
  readSite: () => Promise<Site>,
  door: StaffDoor,
): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/sessions', door.needs('signed-in'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const sessions = await sessionsOf(ctx, config.session, page.staff.person._id);
    const fresh = isFresh(ctx, page.staff.session);
    sendStaffPage(response, SessionsPage({ page, sessions, limits: config.session, fresh }));
  });

  /** Who finds an open browser can leave by it, but not shut its owner out elsewhere. */
  router.post('/sessions/again', ...door.form('signed-in'), async (request, response) => {
    const { locale } = staffPageContext(request, response, await readSite());
    await door.signOut(request, response);
    response.redirect(
      303,
      `/sign-in?${new URLSearchParams({ lang: locale, to: '/sessions', again: 'yes' })}`,
    );
  });

  router.post('/sessions/end', ...door.form('signed-in'), async (request, response) => {
    const { staff, locale } = staffPageContext(request, response, await readSite());
    if (!isFresh(ctx, staff.session)) return response.redirect(303, `/sessions?lang=${locale}`);
    const ended = await endSessionOf(staff.person._id, String(fieldsOf(request).session));
    if (!ended) throw problem('notFound');
    await audit(ctx, {
      ...byRequest(ctx.keys, request, response),
      what: 'session.ended',
      on: staff.person._id,
    });
    response.redirect(303, `/sessions?lang=${locale}`);
  });

  return router;
}
