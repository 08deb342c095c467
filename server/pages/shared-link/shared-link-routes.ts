import { type Request, type Response, Router } from 'express';
import type { Answers } from '../../../surveys/definitions/index.ts';
import { mintToken } from '../../../surveys/invitations/index.ts';
import { Problem } from '../../../surveys/problems.ts';
import {
  deleteSharedAnswers,
  findSharedLink,
  issueTicket,
  readCode,
  readSharedAnswers,
  readTicket,
  type SharedLink,
  stateOf,
  submitSharedAnswers,
  surveyOfLink,
  takesAnswers,
} from '../../../surveys/shared-links/index.ts';
import { everyone } from '../../auth/declared-access.ts';
import type { Services } from '../../services.ts';
import { fieldsOf, formBody } from '../form-body.ts';
import { kioskPageContext, returnToStart } from '../kiosk/kiosk-page-context.ts';
import { inLanguageOfForm } from '../language-of-form.ts';
import { type PageContext, residentPageContext } from '../page-context.ts';
import { DeletePage } from '../respond/after-pages.tsx';
import { checkForm } from '../respond/check-form.ts';
import { formMessages } from '../respond/form-messages.ts';
import { readForm, ticketName, valuesOf } from '../respond/form-values.ts';
import { RespondPage } from '../respond/respond-page.tsx';
import { sendPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { answerToken, keepToken } from './answer-cookie.ts';
import { NoAnswerPage, SharedDeletedPage, SharedThanksPage, whyStatus } from './shared-link-pages.tsx';

/** A link that leads somewhere, and what this browser answered through it. */
interface Visit {
  link: SharedLink;
  code: string;
  path: string;
  page: PageContext;
  /** Of the answer that this browser gave before. */
  token: string | undefined;
  answers: Answers | undefined;
}

/**
 * The pages of links that many people answer: the same form as for an invitation. Opening one changes nothing and
 * leaves no cookie; only an answer does, so that the same browser can change it.
 */
export function sharedLinkRoutes(
  { ctx, config, limits }: Pick<Services, 'ctx' | 'config' | 'limits'>,
  readSite: () => Promise<Site>,
): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const secure = config.baseUrl.startsWith('https:');

  router.get('/r/:code', everyone, async (request, response) => {
    const visit = await findVisit(request, response);
    if (!visit) return;
    const { link, page, token, answers } = visit;
    const state = stateOf(link, ctx.clock.now());
    if (state !== 'open') return sendNoAnswer(request, response, visit, state);
    const survey = await surveyOfLink(link);
    const form = RespondPage({
      page,
      survey,
      asked: survey.askedKeys({ channel: link.channel, answers: answers ?? {} }),
      ticket: issueTicket(ctx, link, answers && token),
      ...(answers && { values: valuesOf(answers), deletePath: deletePathOf(visit) }),
    });
    await sendPage(request, response, form);
  });

  router.post('/r/:code', everyone, formBody, async (request, response) => {
    const visit = await findVisit(request, response);
    if (!visit) return;
    const { link, page, code, path, answers } = visit;
    const fields = fieldsOf(request);
    const ticket = readTicket(ctx, link, fields[ticketName]);
    const now = ctx.clock.now();
    if (!takesAnswers(link, now, ticket)) return sendNoAnswer(request, response, visit, 'closed');
    const survey = await surveyOfLink(link);
    const form = readForm(survey, fields);
    const { asked, added, faults } = checkForm(survey, link.channel, form);
    const other = inLanguageOfForm(request, page);
    if (other || faults.length > 0 || added.length > 0) {
      const again = RespondPage({
        page: other ?? page,
        survey,
        asked,
        values: form.values,
        ticket: typeof fields[ticketName] === 'string' ? fields[ticketName] : issueTicket(ctx, link),
        ...(!other && { messages: formMessages(survey, faults, page), added }),
        ...(answers && { deletePath: deletePathOf(visit) }),
      });
      return sendPage(request, response, again, !other && faults.length > 0 ? 400 : 200);
    }
    const rush = await limits.sharedAnswer(request, response, link._id);
    const token = ticket?.token ?? mintToken();
    try {
      await submitSharedAnswers(ctx, link, form.answers, { token, ticket, rush });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'surveyClosed') throw error;
      return sendNoAnswer(request, response, visit, 'closed');
    }
    keepToken(response, { link, code, token, now, secure });
    response.redirect(303, `${path}/thanks?lang=${page.locale}`);
  });

  router.get('/r/:code/thanks', everyone, async (request, response) => {
    const visit = await findVisit(request, response);
    if (!visit) return;
    returnToStart(response, visit.page);
    const changeable = visit.answers !== undefined && stateOf(visit.link, ctx.clock.now()) === 'open';
    await sendPage(request, response, SharedThanksPage({ ...visit, changeable }));
  });

  router.get('/r/:code/delete', everyone, async (request, response) => {
    const visit = await findVisit(request, response);
    if (!visit) return;
    if (!visit.answers) return response.redirect(303, `${visit.path}?lang=${visit.page.locale}`);
    await sendPage(request, response, DeletePage(visit));
  });

  router.post('/r/:code/delete', everyone, formBody, async (request, response) => {
    const visit = await findVisit(request, response);
    if (!visit) return;
    if (visit.token) await deleteSharedAnswers(visit.link, visit.token);
    response.redirect(303, `${visit.path}/deleted?lang=${visit.page.locale}`);
  });

  router.get('/r/:code/deleted', everyone, async (request, response) => {
    const visit = await findVisit(request, response);
    if (!visit) return;
    if (visit.answers) return response.redirect(303, visit.path);
    const open = stateOf(visit.link, ctx.clock.now()) === 'open';
    await sendPage(request, response, SharedDeletedPage({ ...visit, open }));
  });

  /** The visit of a link of ours; otherwise the page that says so, or leads to its one address, has been sent. */
  async function findVisit(
    request: Request<{ code: string }>,
    response: Response,
  ): Promise<Visit | undefined> {
    const typed = request.params.code;
    const [link, site] = await Promise.all([findSharedLink(ctx, typed), readSite()]);
    const code = readCode(typed);
    const plain = residentPageContext(request, response, site);
    const page = link?.mode === 'kiosk' && code ? kioskPageContext(response, plain, `/r/${code}`) : plain;
    if (!link || code === undefined) {
      await limits.guess(request, response);
      await sendPage(request, response, NoAnswerPage({ page, why: 'unknown' }), whyStatus.unknown);
      return undefined;
    }
    await limits.sharedLink(request, response, link._id);
    const path = `/r/${code}`;
    if (typed !== code && request.method === 'GET') {
      response.redirect(303, request.originalUrl.replace(`/r/${encodeURIComponent(typed)}`, path));
      return undefined;
    }
    const token = answerToken(request, link);
    const answers = token === undefined ? undefined : await readSharedAnswers(link, token);
    return { link, code, path, page, token, answers };
  }

  return router;
}

function sendNoAnswer(
  request: Request,
  response: Response,
  visit: Visit,
  why: 'soon' | 'closed',
): Promise<void> {
  const content = NoAnswerPage({
    page: visit.page,
    why,
    opensAt: visit.link.opensAt,
    ...(visit.answers && { deletePath: deletePathOf(visit) }),
  });
  return sendPage(request, response, content, whyStatus[why]);
}

function deletePathOf({ path, page }: Pick<Visit, 'path' | 'page'>): string {
  return `${path}/delete?lang=${page.locale}`;
}
