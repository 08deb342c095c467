import { Router } from 'express';
import { Problem } from '../../../surveys/problems.ts';
import { getRetention, putRetention } from '../../../surveys/retention/index.ts';
import { audit, byRequest } from '../../audit/index.ts';
import type { Services } from '../../services.ts';
import type { StaffDoor } from '../../staff/index.ts';
import { fieldsOf } from '../form-body.ts';
import { staffPageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { RetentionPage, retentionFault, retentionFields } from './retention-page.tsx';

/** How long data are kept, for the privacy officer. */
export function retentionPageRoutes(
  { ctx }: Services,
  readSite: () => Promise<Site>,
  door: StaffDoor,
): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/retention', door.needs('privacy:write'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const kept = request.query.kept === 'yes';
    sendStaffPage(response, RetentionPage({ page, values: await getRetention(), faults: [], kept }));
  });

  router.post('/retention', ...door.form('privacy:write'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const typed = fieldsOf(request);
    const values = { ...(await getRetention()), ...textsOf(typed) };
    try {
      await putRetention(
        Object.fromEntries(Object.entries(values).map(([name, text]) => [name, numberOf(text)])),
      );
      await audit(ctx, { ...byRequest(ctx.keys, request, response), what: 'retention.changed' });
      response.redirect(303, `/retention?lang=${page.locale}&kept=yes`);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'invalidBody') throw error;
      const wrong = retentionFields.filter((name) =>
        error.faults.some(({ pointer }) => pointer === `/${name}`),
      );
      const faults = wrong.map(retentionFault);
      sendStaffPage(response, RetentionPage({ page, values, faults, kept: false }), 400);
    }
  });

  return router;
}

type Texts = Partial<Record<(typeof retentionFields)[number], string>>;

function textsOf(typed: ReturnType<typeof fieldsOf>): Texts {
  const given = retentionFields.filter((name) => typeof typed[name] === 'string');
  return Object.fromEntries(given.map((name) => [name, String(typed[name])]));
}

/** Digits only become a number; the schema refuses the rest. */
function numberOf(value: string | number): string | number {
  return typeof value === 'string' && /^\d{1,4}$/.test(value.trim()) ? Number(value) : value;
}
