import { type Request, type Response, Router } from 'express';
import { monthsBefore } from '../../../surveys/calendar.ts';
import { commentThemes, markComment, type ReadPool, readComments } from '../../../surveys/comments/index.ts';
import { listSurveys } from '../../../surveys/definitions/index.ts';
import { displayNames } from '../../../surveys/municipality/index.ts';
import { Problem, problem } from '../../../surveys/problems.ts';
import { type AuditAction, audit, byRequest } from '../../audit/index.ts';
import { limitOf } from '../../auth/principal.ts';
import type { Services } from '../../services.ts';
import type { StaffDoor } from '../../staff/index.ts';
import { fieldsOf } from '../form-body.ts';
import { staffPageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { CommentsPage } from './comments-page.tsx';

const needed = 'comments:read';

/** Reading what residents wrote, and saying what it is about. Each look is written down. */
export function commentRoutes({ ctx }: Services, readSite: () => Promise<Site>, door: StaffDoor): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/comments', door.needs(needed), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const within = limitOf(page.staff.principal.grants.get(needed) ?? []);
    const surveys = await commentedSurveys();
    const month = monthIn(request.query.month) ?? monthsBefore(ctx.clock.now(), 1);
    const survey = surveys.find(({ key }) => key === request.query.survey) ?? surveys[0];
    if (!survey) throw problem('internal', { detail: 'No survey asks for comments.' });
    const wanted = { survey: survey.key, month };
    const [pools, themes, names] = await Promise.all([
      readOrTellWhy(() => readComments(ctx, wanted, within)),
      commentThemes(),
      displayNames('department', page.locale),
    ]);
    await note(request, response, 'comments.viewed', [survey.key, month]);
    const { theme, marked } = request.query;
    const list = CommentsPage({
      page,
      surveys,
      survey,
      month,
      themes,
      theme: themes.find(({ key }) => key === theme)?.key,
      pools,
      marked: marked === 'yes',
      nameOf: (department) => names.get(department) ?? department,
    });
    sendStaffPage(response, list);
  });

  router.post('/comments', ...door.form(needed), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const within = limitOf(page.staff.principal.grants.get(needed) ?? []);
    const { survey, month: typed, ref, themes = [] } = fieldsOf(request);
    const month = monthIn(typed);
    if (typeof survey !== 'string' || month === undefined) throw problem('badRequest');
    const mark = { ref: String(ref), themes: [themes].flat() };
    if (!(await markComment(ctx, { survey, month }, mark, within))) throw problem('notFound');
    await note(request, response, 'comments.marked', [survey, month]);
    const query = new URLSearchParams({ survey, month, marked: 'yes', lang: page.locale });
    response.redirect(303, `/comments?${query}`);
  });

  async function note(request: Request, response: Response, what: AuditAction, on: string[]): Promise<void> {
    await audit(ctx, { ...byRequest(ctx.keys, request, response), what, on: on.join(' ') });
  }

  return router;
}

async function commentedSurveys() {
  return (await listSurveys()).filter(({ questions }) =>
    questions.some(({ dimension, scale }) => dimension === 'comment' && scale.kind === 'text'),
  );
}

/** @returns undefined for a month that is not over */
async function readOrTellWhy(read: () => Promise<ReadPool[]>): Promise<ReadPool[] | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Problem && error.code === 'notReleased') return undefined;
    throw error;
  }
}

function monthIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^20\d{2}-(0[1-9]|1[0-2])$/.test(value) ? value : undefined;
}
