import { type Request, type Response, Router } from 'express';
import { Problem } from '../../../surveys/problems.ts';
import { audit, byRequest } from '../../audit/index.ts';
import { makeReport, reportFileName, reportFormats, writeReport } from '../../reports/make-report.ts';
import { reportKinds, reportPeriods } from '../../reports/read-figures.ts';
import type { Services } from '../../services.ts';
import type { StaffDoor } from '../../staff/index.ts';
import { fieldsOf } from '../form-body.ts';
import { locales } from '../i18n.ts';
import { staffPageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import {
  type OfferedReport,
  type ReportFault,
  ReportsPage,
  type ReportWish,
  reportKey,
} from './reports-page.tsx';

/** The quarterly overview and the yearly service report as files, for programme managers and analysts. */
export function reportRoutes(
  { ctx, config }: Services,
  readSite: () => Promise<Site>,
  door: StaffDoor,
): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/reports', door.needs('reports:read'), async (request, response) => {
    await show(request, response, { offered: await offeredReports() });
  });

  router.post('/reports', ...door.form('reports:read'), async (request, response) => {
    const offered = await offeredReports();
    const wish = wishOf(fieldsOf(request));
    const chosen = offered.find((one) => reportKey(one) === wish.report);
    if (!chosen || !wish.language || !wish.format) {
      await show(request, response, { offered, wish, fault: { kind: 'unknown' } });
      return;
    }
    const { language, format } = wish;
    try {
      const report = await makeReport(ctx, config.dataDir, { ...chosen, language });
      const file = await writeReport(report, format);
      const on = `report-${reportKey(chosen)}`;
      await audit(ctx, { ...byRequest(ctx.keys, request, response), what: 'figures.exported', on });
      response.attachment(reportFileName(report, language, format)).send(file);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'invalidTemplate') throw error;
      await show(request, response, { offered, wish, fault: { kind: 'template', detail: error.message } });
    }
  });

  async function show(
    request: Request,
    response: Response,
    {
      offered,
      wish = {},
      fault,
    }: { offered: OfferedReport[]; wish?: Partial<ReportWish>; fault?: ReportFault },
  ): Promise<void> {
    const page = staffPageContext(request, response, await readSite());
    const language = locales.find((locale) => locale === page.locale) ?? 'nl';
    const newest = offered[0] ? reportKey(offered[0]) : '';
    const body = ReportsPage({
      page,
      offered,
      wish: { report: newest, language, format: 'pdf', ...wish },
      fault,
    });
    sendStaffPage(response, body, fault ? 400 : 200);
  }

  return router;
}

/** The newest of each kind first, the yearly one at the top. */
async function offeredReports(): Promise<OfferedReport[]> {
  const lists = await Promise.all(
    reportKinds.map(async (kind) =>
      (await reportPeriods(kind)).map((period) => ({ kind, period })).reverse(),
    ),
  );
  return lists.reverse().flat();
}

/** What was chosen; what can't be chosen is missing. */
function wishOf(typed: ReturnType<typeof fieldsOf>): Partial<ReportWish> {
  const language = locales.find((locale) => locale === typed.language);
  const format = reportFormats.find((one) => one === typed.format);
  return {
    ...(typeof typed.report === 'string' && { report: typed.report }),
    ...(language && { language }),
    ...(format && { format }),
  };
}
