import { type Request, type Response, Router } from 'express';
import {
  type Action,
  effectOf,
  endAction,
  findAction,
  listActions,
  planAction,
  tellAction,
} from '../../../surveys/actions/index.ts';
import { inAmsterdam } from '../../../surveys/calendar.ts';
import { listSurveys, textIn } from '../../../surveys/definitions/index.ts';
import { displayNames } from '../../../surveys/municipality/index.ts';
import { Problem } from '../../../surveys/problems.ts';
import { type AuditAction, audit, byRequest } from '../../audit/index.ts';
import { limitOf } from '../../auth/principal.ts';
import type { Services } from '../../services.ts';
import type { StaffDoor } from '../../staff/index.ts';
import { fieldsOf } from '../form-body.ts';
import type { TextKey } from '../i18n.ts';
import { choicesIn } from '../overview/question-picker.tsx';
import { type StaffPageContext, staffPageContext } from '../page-context.ts';
import { sendStaffPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { type ActionChoices, ActionFormPage } from './action-form.tsx';
import { ActionPage } from './action-page.tsx';
import { actionFaults, actionOf, actionValues } from './action-values.ts';
import { ActionsPage } from './actions-page.tsx';

const needed = 'actions:write';

/** Improvements: planned from a signal, ended, looked at for their effect, and told. */
export function actionRoutes({ ctx }: Services, readSite: () => Promise<Site>, door: StaffDoor): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/actions', door.needs(needed), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const names = await displayNames('department', page.locale);
    const nameOf = (key: string) => names.get(key) ?? key;
    const today = inAmsterdam(ctx.clock.now()).toISODate();
    sendStaffPage(response, ActionsPage({ page, actions: await listActions(withinOf(page)), today, nameOf }));
  });

  router.get('/actions/new', door.needs(needed), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const values = actionValues(request.query);
    const choices = await choicesFor(page);
    sendStaffPage(response, ActionFormPage({ page, choices, values, faults: [] }));
  });

  router.post('/actions', ...door.form(needed), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const values = actionValues(fieldsOf(request));
    try {
      const { _id } = await planAction(ctx, actionOf(values), withinOf(page));
      await note(request, response, 'action.planned', _id);
      response.redirect(303, `/actions/${_id}?lang=${page.locale}`);
    } catch (error) {
      const faults = actionFaults(faultsOf(error));
      sendStaffPage(response, ActionFormPage({ page, choices: await choicesFor(page), values, faults }), 400);
    }
  });

  router.get('/actions/:id', door.needs(needed), async (request: Request<{ id: string }>, response) => {
    const page = staffPageContext(request, response, await readSite());
    const action = await findAction(request.params.id, withinOf(page));
    sendStaffPage(response, ActionPage(await propsOf(page, action)));
  });

  router.post(
    '/actions/:id/end',
    ...door.form(needed),
    async (request: Request<{ id: string }>, response) => {
      const page = staffPageContext(request, response, await readSite());
      const { id } = request.params;
      await endAction(ctx, id, fieldsOf(request).state === 'stopped' ? 'stopped' : 'done', withinOf(page));
      await note(request, response, 'action.changed', id);
      response.redirect(303, `/actions/${id}?lang=${page.locale}`);
    },
  );

  router.post(
    '/actions/:id/tell',
    ...door.form(needed),
    async (request: Request<{ id: string }>, response) => {
      const page = staffPageContext(request, response, await readSite());
      const { id } = request.params;
      const { said = '', did = '' } = fieldsOf(request);
      const typed = { said: String(said).trim(), did: String(did).trim() };
      try {
        await tellAction(ctx, id, typed, withinOf(page));
        await note(request, response, 'action.published', id);
        response.redirect(303, `/actions/${id}?lang=${page.locale}`);
      } catch (error) {
        const personal = faultsOf(error).some(({ code }) => code === 'personalData');
        const faults: TextKey[] = [personal ? 'actions.fault.personal' : 'actions.fault.told'];
        const props = await propsOf(page, await findAction(id, withinOf(page)));
        sendStaffPage(response, ActionPage({ ...props, typed, faults }), 400);
      }
    },
  );

  async function propsOf(page: StaffPageContext, action: Action) {
    const { locale } = page;
    const [effect, departments, products, surveys] = await Promise.all([
      effectOf(ctx, action),
      displayNames('department', locale),
      displayNames('product', locale),
      listSurveys(),
    ]);
    const { measure, product } = action;
    const shown = choicesIn(surveys).find(
      (one) => measure && one.survey.key === measure.survey && one.question.key === measure.question,
    );
    const names = {
      department: departments.get(action.department) ?? action.department,
      product: product && (products.get(product) ?? product),
      measure: shown ? textIn(shown.question.text, locale) : measure?.question,
    };
    return { page, action, effect, names };
  }

  async function choicesFor(page: StaffPageContext): Promise<ActionChoices> {
    const within = withinOf(page);
    const [departments, products, surveys] = await Promise.all([
      displayNames('department', page.locale),
      displayNames('product', page.locale),
      listSurveys(),
    ]);
    const choices = (names: Map<string, string>) => [...names].map(([value, label]) => ({ value, label }));
    // A department of a coordinator may not have arrived in the directory yet.
    for (const key of within ?? []) if (!departments.has(key)) departments.set(key, key);
    return {
      departments: choices(departments).filter(({ value }) => !within || within.includes(value)),
      products: choices(products),
      measures: choicesIn(surveys),
    };
  }

  async function note(request: Request, response: Response, what: AuditAction, on: string): Promise<void> {
    await audit(ctx, { ...byRequest(ctx.keys, request, response), what, on });
  }

  return router;
}

function withinOf({ staff }: StaffPageContext) {
  return limitOf(staff.principal.grants.get(needed) ?? []);
}

/** The faults of a form; any other error is thrown on. */
function faultsOf(error: unknown) {
  if (error instanceof Problem && error.code === 'invalidBody') return error.faults;
  throw error;
}
