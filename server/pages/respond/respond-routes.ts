import { Router } from 'express';
import { newestTold } from '../../../surveys/actions/index.ts';
import { promisedTo, withdrawWish } from '../../../surveys/callbacks/index.ts';
import type { Context } from '../../../surveys/context.ts';
import { type PublishedSurvey, publishedSurvey } from '../../../surveys/definitions/index.ts';
import type { TokenView } from '../../../surveys/invitations/index.ts';
import { Problem, problem } from '../../../surveys/problems.ts';
import { deleteAnswers, readAnswers, submitAnswers } from '../../../surveys/responses/index.ts';
import { everyone } from '../../auth/declared-access.ts';
import type { RateLimits } from '../../protection/rate-limits.ts';
import { fieldsOf, formBody } from '../form-body.ts';
import { inLanguageOfForm } from '../language-of-form.ts';
import { sendPage, sendReady } from '../send-page.ts';
import type { Site } from '../site.ts';
import { DeletedPage, DeletePage, ThanksPage } from './after-pages.tsx';
import { callbackMessages, takeCallback } from './callback-form.ts';
import { checkForm } from './check-form.ts';
import type { Closed } from './closed-page.tsx';
import { formCache } from './form-cache.ts';
import { formMessages } from './form-messages.ts';
import { readForm, valuesOf } from './form-values.ts';
import { callbackOffer, emptyCallback, keepCallback } from './keep-callback.ts';
import { RespondPage } from './respond-page.tsx';
import { deletePathOf, readVisits, sendClosed } from './visits.ts';

/** The resident's pages. Opening one changes nothing: mail scanners open links too. */
export function respondRoutes(ctx: Context, readSite: () => Promise<Site>, limits: RateLimits): Router {
  const { findVisit, openVisit, answeredVisit } = readVisits(ctx, readSite, limits);
  const router = Router({ strict: true, caseSensitive: true });
  const readyForm = formCache();

  router.get('/s/:token', everyone, async (request, response) => {
    const visit = await openVisit(request, response);
    if (!visit) return;
    const survey = await surveyOf(visit.view);
    const answers = visit.view.answered === 'here' ? await readAnswers(visit.token) : undefined;
    const asked = survey.askedKeys({ channel: visit.view.channel, answers: answers ?? {} });
    const offer = await callbackOffer(visit.token, visit.view, survey);
    const callback = offer && emptyCallback(offer);
    if (!answers && !callback?.promisedOn) {
      return sendReady(request, response, await readyForm(visit.page, survey, asked, callback));
    }
    const page = RespondPage({
      page: visit.page,
      survey,
      asked,
      callback,
      ...(answers && { values: valuesOf(answers), deletePath: deletePathOf(visit) }),
    });
    await sendPage(request, response, page);
  });

  router.post('/s/:token', everyone, formBody, async (request, response) => {
    const visit = await openVisit(request, response);
    if (!visit) return;
    const { page, view, token, path } = visit;
    const survey = await surveyOf(view);
    const offer = await callbackOffer(token, view, survey);
    const taken = offer && takeCallback(fieldsOf(request), offer.promisedOn);
    const callback = taken?.callback;
    const form = readForm(survey, taken?.answers ?? fieldsOf(request));
    const { asked, added, faults } = checkForm(survey, view.channel, form);
    const deletePath = view.answered === 'here' ? deletePathOf(visit) : undefined;
    const other = inLanguageOfForm(request, page);
    if (other) {
      const same = RespondPage({ page: other, survey, asked, values: form.values, callback, deletePath });
      return sendPage(request, response, same);
    }
    const messages = [
      ...formMessages(survey, faults, page),
      ...(callback ? callbackMessages(survey, callback, page) : []),
    ];
    if (messages.length > 0 || added.length > 0) {
      const { values } = form;
      const again = RespondPage({ page, survey, asked, values, callback, messages, added, deletePath });
      return sendPage(request, response, again, messages.length > 0 ? 400 : 200);
    }
    try {
      await submitAnswers(ctx, token, form.answers, view);
      if (offer && callback) {
        const { policy } = offer;
        const { department } = view;
        await keepCallback(ctx, { token, department, survey, policy }, callback, form.answers);
      }
    } catch (error) {
      const why = closedBy(error);
      if (!why) throw error;
      return sendClosed(request, response, page, why);
    }
    response.redirect(303, `${path}/thanks?lang=${page.locale}`);
  });

  router.get('/s/:token/thanks', everyone, async (request, response) => {
    const visit = await answeredVisit(request, response);
    if (!visit) return;
    const { product } = visit.view;
    const [promised, told] = await Promise.all([
      promisedTo(visit.token),
      product === undefined ? undefined : newestTold(product),
    ]);
    await sendPage(request, response, ThanksPage({ ...visit, callOn: promised?.dueOn, product, told }));
  });

  router.get('/s/:token/delete', everyone, async (request, response) => {
    const visit = await answeredVisit(request, response);
    if (visit) await sendPage(request, response, DeletePage(visit));
  });

  router.post('/s/:token/delete', everyone, formBody, async (request, response) => {
    const visit = await findVisit(request, response);
    if (!visit) return;
    await deleteAnswers(visit.token);
    await withdrawWish(ctx, visit.token);
    response.redirect(303, `${visit.path}/deleted?lang=${visit.page.locale}`);
  });

  router.get('/s/:token/deleted', everyone, async (request, response) => {
    const visit = await findVisit(request, response);
    if (!visit) return;
    if (visit.view.answered === 'here') return response.redirect(303, visit.path);
    await sendPage(request, response, DeletedPage({ ...visit, open: visit.view.open }));
  });

  return router;
}

async function surveyOf({ survey, version }: TokenView): Promise<PublishedSurvey> {
  const published = await publishedSurvey(survey, version);
  if (!published)
    throw problem('internal', { detail: 'The invitation names a survey version that is not there.' });
  return published;
}

/** A link can close between the reading of a form and the storing of its answers. */
function closedBy(error: unknown): Closed | undefined {
  if (!(error instanceof Problem)) return undefined;
  if (error.code === 'alreadyAnswered') return 'elsewhere';
  return error.code === 'surveyClosed' ? 'closed' : undefined;
}
