import { type Request, type Response, Router } from 'express';
import {
  closeRound,
  findRound,
  listRounds,
  openRound,
  type Round,
  remindRound,
  viewRound,
} from '../../../surveys/golden-ear/index.ts';
import { displayNames } from '../../../surveys/municipality/index.ts';
import { Problem, problem } from '../../../surveys/problems.ts';
import { codeOf, qrSvg, sharedLinkUrl } from '../../../surveys/shared-links/index.ts';
import { type AuditAction, audit, byRequest } from '../../audit/index.ts';
import type { Permission } from '../../auth/permissions.ts';
import { type Departments, reaches } from '../../auth/principal.ts';
import type { Services } from '../../services.ts';
import type { StaffDoor } from '../../staff/index.ts';
import { fieldsOf } from '../form-body.ts';
import { type StaffPageContext, staffPageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { departmentGaps } from './department-gaps.ts';
import { PerceptionPage } from './perception-page.tsx';
import { roundCsv, roundJson } from './round-export.ts';
import { emptyForm, faultsOf, readRoundForm } from './round-form.ts';
import { type HandOut, RoundPage } from './round-page.tsx';
import { gapPicture } from './round-pictures.ts';
import { roundReport } from './round-report.ts';
import { RoundResultView } from './round-result-view.tsx';
import { type RoundForm, RoundsPage } from './rounds-page.tsx';

/** Quickscan rounds: opened and followed by the departments, read by whoever may read scores. */
export function roundRoutes(
  { ctx, config }: Services,
  readSite: () => Promise<Site>,
  door: StaffDoor,
): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/rounds', door.needs('aggregates:read'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    await sendList(response, page, emptyForm(ctx));
  });

  router.post('/rounds', ...door.form('rounds:write'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const form = readRoundForm(fieldsOf(request));
    if (!reaches(within(page, 'rounds:write'), form.department)) throw problem('otherDepartment');
    try {
      const { addresses, ...rest } = form;
      const { round } = await openRound(ctx, {
        ...rest,
        addresses: addresses.split(/[\s,;]+/).filter((address) => address !== ''),
      });
      await note(request, response, 'round.opened', round);
      response.redirect(303, `/rounds/${round._id}?lang=${page.locale}`);
    } catch (error) {
      const faults = error instanceof Problem ? faultsOf(error) : [];
      if (faults.length === 0) throw error;
      await sendList(response, page, form, faults);
    }
  });

  router.get('/rounds/:id', door.needs('aggregates:read'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const round = await roundWithin(request.params.id, within(page, 'aggregates:read'));
    const view = await viewRound(ctx, round);
    const name = await nameOf(round.department, page);
    const report = await roundReport(ctx, view, {
      locale: page.locale,
      within: within(page, 'aggregates:read'),
      name,
    });
    const mayHandOut = reaches(within(page, 'rounds:write'), round.department);
    const content = RoundPage({
      page,
      view,
      name,
      handOut: mayHandOut && view.state !== 'closed' ? await handOut(view.link, page) : undefined,
      reminded: request.query.reminded === 'yes' && round.reminded,
      children: report && (await RoundResultView({ page, report })),
    });
    sendStaffPage(response, content);
  });

  router.post('/rounds/:id/remind', ...door.form('rounds:write'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const round = await roundWithin(request.params.id, within(page, 'rounds:write'));
    await remindRound(ctx, round);
    await note(request, response, 'round.reminded', round);
    response.redirect(303, `/rounds/${round._id}?lang=${page.locale}&reminded=yes`);
  });

  router.post('/rounds/:id/close', ...door.form('rounds:write'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const round = await roundWithin(request.params.id, within(page, 'rounds:write'));
    await closeRound(ctx, round);
    await note(request, response, 'round.closed', round);
    response.redirect(303, `/rounds/${round._id}?lang=${page.locale}`);
  });

  router.get('/rounds/:id/export', door.needs('aggregates:read'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const reach = within(page, 'aggregates:read');
    const round = await roundWithin(request.params.id, reach);
    const { format } = request.query;
    if (format !== 'csv' && format !== 'json') throw problem('notFound');
    const name = await nameOf(round.department, page);
    const view = await viewRound(ctx, round);
    const report = await roundReport(ctx, view, { locale: page.locale, within: reach, name });
    if (!report) throw problem('notFound', { detail: 'This round has no result yet.' });
    await note(request, response, 'figures.exported', round);
    response.attachment(`${round._id}.${format}`);
    response.type(format).send(format === 'csv' ? roundCsv(report) : roundJson(report));
  });

  router.get('/perception', door.needs('aggregates:read'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const names = await displayNames('department', page.locale);
    const gaps = await departmentGaps(within(page, 'aggregates:read'), names);
    sendStaffPage(response, PerceptionPage({ page, gaps, chart: await gapPicture(gaps, page) }));
  });

  async function sendList(
    response: Response,
    page: StaffPageContext,
    form: RoundForm,
    faults: ReturnType<typeof faultsOf> = [],
  ): Promise<void> {
    const names = await displayNames('department', page.locale);
    const rounds = await listRounds(within(page, 'aggregates:read'));
    const views = [];
    for (const round of rounds) views.push(await viewRound(ctx, round));
    const mayOpen = within(page, 'rounds:write');
    const keys = mayOpen === 'all' ? names.keys() : mayOpen;
    const departments = [...keys].map((key) => ({ key, name: names.get(key) ?? key }));
    const content = RoundsPage({
      page,
      rounds: views,
      nameOf: (department) => names.get(department) ?? department,
      departments,
      form,
      faults,
    });
    sendStaffPage(response, content, faults.length > 0 ? 400 : 200);
  }

  async function handOut(link: Parameters<typeof codeOf>[1], { t }: StaffPageContext): Promise<HandOut> {
    const code = codeOf(ctx, link);
    const url = sharedLinkUrl(config.baseUrl, code);
    return { code, url, qr: await qrSvg(url, t('round.qr', { code })) };
  }

  async function note(
    request: Request,
    response: Response,
    what: AuditAction,
    { _id }: Round,
  ): Promise<void> {
    await audit(ctx, { ...byRequest(ctx.keys, request, response), what, on: _id });
  }

  return router;
}

function within({ staff }: StaffPageContext, permission: Permission): Departments {
  return staff.principal.grants.get(permission) ?? [];
}

/** A round of a department within reach. @throws Problem `notFound`, also for a round of another department */
async function roundWithin(id: unknown, departments: Departments): Promise<Round> {
  const round = typeof id === 'string' ? await findRound(id) : undefined;
  if (!round || !reaches(departments, round.department)) throw problem('notFound');
  return round;
}

async function nameOf(department: string, { locale }: StaffPageContext): Promise<string> {
  return (await displayNames('department', locale)).get(department) ?? department;
}
