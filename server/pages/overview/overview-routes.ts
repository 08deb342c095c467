import { Router } from 'express';
import type { Context } from '../../../surveys/context.ts';
import type { StaffDoor } from '../../staff/index.ts';
import { MessagePage } from '../message-page.tsx';
import { pageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';

export function overviewRoutes(_ctx: Context, readSite: () => Promise<Site>, door: StaffDoor): Router {
  const router = Router({ strict: true, caseSensitive: true });
  router.get('/overview', async (request, response) => {
    const staffCsrf = await door.enter(request, response);
    if (staffCsrf === undefined) return;
    const page = { ...pageContext(request, response, await readSite()), staffCsrf };
    sendStaffPage(
      response,
      MessagePage({ page, title: 'overview.noRelease', texts: ['overview.noReleaseText'] }),
    );
  });
  return router;
}
