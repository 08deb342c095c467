import { type Request, type Response, Router } from 'express';
import { callbacksKept, handleWish, openWishes } from '../../../surveys/callbacks/index.ts';
import { displayNames, listEntries } from '../../../surveys/municipality/index.ts';
import { audit, byRequest } from '../../audit/index.ts';
import { limitOf, reaches } from '../../auth/principal.ts';
import type { Services } from '../../services.ts';
import type { StaffDoor } from '../../staff/index.ts';
import { fieldsOf } from '../form-body.ts';
import { staffPageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { type CallbackOutcome, CallbacksPage } from './callbacks-page.tsx';

const needed = 'callbacks:write';

/** The list of who wants to be called back, for who calls them. */
export function callbackRoutes({ ctx }: Services, readSite: () => Promise<Site>, door: StaffDoor): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/callbacks', door.needs(needed), async (request, response) => {
    const { handled } = request.query;
    await sendList(request, response, handled === 'yes' ? 'handled' : handled === 'no' ? 'gone' : undefined);
  });

  router.post('/callbacks', ...door.form(needed), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const within = page.staff.principal.grants.get(needed) ?? [];
    const handled = await handleWish(ctx, String(fieldsOf(request).id ?? ''), limitOf(within));
    if (handled) await audit(ctx, { ...byRequest(ctx.keys, request, response), what: 'callback.handled' });
    response.redirect(303, `/callbacks?lang=${page.locale}&handled=${handled ? 'yes' : 'no'}`);
  });

  async function sendList(request: Request, response: Response, outcome: CallbackOutcome): Promise<void> {
    const page = staffPageContext(request, response, await readSite());
    const within = page.staff.principal.grants.get(needed) ?? [];
    const [wishes, kept, names, entries] = await Promise.all([
      openWishes(ctx, limitOf(within)),
      callbacksKept(ctx),
      displayNames('department', page.locale),
      listEntries('department'),
    ]);
    const departments = [...new Set(wishes.map(({ department }) => department))];
    await audit(ctx, {
      ...byRequest(ctx.keys, request, response),
      what: 'callbacks.viewed',
      on: departments.join(','),
    });
    const list = CallbacksPage({
      page,
      wishes,
      outcome,
      kept: kept.filter(({ department }) => reaches(within, department)),
      silent: entries
        .filter(({ key, email }) => email === undefined && within !== 'all' && reaches(within, key))
        .map(({ key }) => names.get(key) ?? key),
      nameOf: (department) => names.get(department) ?? department,
    });
    sendStaffPage(response, list);
  }

  return router;
}
