import { Router } from 'express';
import { byRequest } from '../../audit/index.ts';
import { eraseForResident } from '../../erasure/erase-for-resident.ts';
import type { Services } from '../../services.ts';
import type { StaffDoor } from '../../staff/index.ts';
import { fieldsOf } from '../form-body.ts';
import { staffPageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { ErasurePage } from './erasure-page.tsx';

/** Erasing a resident's address, for the privacy officer. */
export function erasureRoutes(
  { ctx, config }: Services,
  readSite: () => Promise<Site>,
  door: StaffDoor,
): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/erasure', door.needs('privacy:write'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    sendStaffPage(response, ErasurePage({ page }));
  });

  router.post('/erasure', ...door.form('privacy:write'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const typed = String(fieldsOf(request).address ?? '');
    const erased = await eraseForResident(ctx, config, typed, byRequest(ctx.keys, request, response));
    if (erased) return sendStaffPage(response, ErasurePage({ page, erased }));
    sendStaffPage(response, ErasurePage({ page, wrong: typed }), 400);
  });

  return router;
}
