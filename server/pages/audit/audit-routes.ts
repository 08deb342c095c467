import { Router } from 'express';
import { auditPage, checkAudit } from '../../audit/index.ts';
import type { Services } from '../../services.ts';
import { listPeople, type StaffDoor } from '../../staff/index.ts';
import { staffPageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { AuditPage } from './audit-page.tsx';

const entriesAPage = 50;

/** The audit log, for the privacy officer. */
export function auditPageRoutes({ ctx }: Services, readSite: () => Promise<Site>, door: StaffDoor): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/audit', door.needs('audit:read'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const { before, check } = request.query;
    const from = typeof before === 'string' && /^\d{1,15}$/.test(before) ? Number(before) : undefined;
    const [found, people, checked] = await Promise.all([
      auditPage(from, entriesAPage + 1),
      listPeople(),
      check === 'yes' ? checkAudit(ctx.keys) : undefined,
    ]);
    const entries = found.slice(0, entriesAPage);
    const names = new Map(people.map(({ _id, email, name }) => [_id, email ?? name ?? _id]));
    const older = found.length > entriesAPage ? entries.at(-1)?._id : undefined;
    sendStaffPage(response, AuditPage({ page, entries, names, before: older, checked }));
  });

  return router;
}
