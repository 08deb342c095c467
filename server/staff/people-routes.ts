import { type Request, type Response, Router } from 'express';
import { displayNames } from '../../surveys/municipality/index.ts';
import { Problem, problem } from '../../surveys/problems.ts';
import { type AuditAction, audit, byRequest } from '../audit/index.ts';
import { fieldsOf } from '../pages/form-body.ts';
import type { TextKey } from '../pages/i18n.ts';
import { type StaffPageContext, staffPageContext } from '../pages/page-context.ts';
import { sendStaffPage } from '../pages/send-page.ts';
import type { Site } from '../pages/site.ts';
import type { Services } from '../services.ts';
import { findInvited, findPerson, invitePerson, listPeople, type Person, removePerson } from './people.ts';
import { type AccessValues, PeoplePage, PersonPage } from './people-pages.tsx';
import { mailWelcome } from './send-mail.ts';
import { endSessionOf, sessionsOf } from './sessions.ts';
import type { StaffDoor } from './staff-door.ts';

/** People with access: who they are, what they may do, where they are signed in. */
export function peopleRoutes(
  { ctx, config }: Services,
  readSite: () => Promise<Site>,
  door: StaffDoor,
): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const provided = config.oidc !== undefined;

  router.get('/people', door.needs('people:write'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    await sendPeople(response, page, { email: '', roles: [], departments: [] });
  });

  router.post('/people', ...door.form('people:write'), async (request, response) => {
    if (provided) throw problem('notFound');
    const page = staffPageContext(request, response, await readSite());
    const values = accessValues(request);
    try {
      // Inviting oneself again would be a way to change one's own roles.
      const known = await findInvited(ctx, values.email);
      if (known && isSelf(page, known)) throw problem('forbidden');
      const { email = '' } = await invitePerson(ctx, values, (id) =>
        noted(request, response, 'person.invited', id),
      );
      const outcome = await mailWelcome(config, { email, language: page.locale });
      if (outcome.kind !== 'accepted') ctx.log.error({ outcome }, 'An invited person could not be told.');
      response.redirect(303, `/people?lang=${page.locale}`);
    } catch (error) {
      await sendPeople(response, page, values, faultTexts(error));
    }
  });

  router.get('/people/:id', door.needs('people:write'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const person = await personOf(request);
    await sendPerson(response, page, person, person);
  });

  router.post('/people/:id', ...door.form('people:write'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const person = await personOf(request);
    if (person.origin !== 'invited' || provided || isSelf(page, person)) throw problem('forbidden');
    const values = { ...accessValues(request), email: person.email ?? '' };
    try {
      await invitePerson(ctx, values, (id) => noted(request, response, 'person.changed', id));
      response.redirect(303, `/people/${person._id}?lang=${page.locale}`);
    } catch (error) {
      await sendPerson(response, page, person, values, faultTexts(error));
    }
  });

  router.post('/people/:id/remove', ...door.form('people:write'), async (request, response) => {
    const page = staffPageContext(request, response, await readSite());
    const person = await personOf(request);
    if (isSelf(page, person)) throw problem('forbidden');
    await noted(request, response, 'person.removed', person._id);
    await removePerson(person._id);
    response.redirect(303, `/people?lang=${page.locale}`);
  });

  router.post('/people/:id/end-session', ...door.form('people:write'), async (request, response) => {
    const { locale } = staffPageContext(request, response, await readSite());
    const person = await personOf(request);
    const ended = await endSessionOf(person._id, String(fieldsOf(request).session));
    if (!ended) throw problem('notFound');
    await noted(request, response, 'session.ended', person._id);
    response.redirect(303, `/people/${person._id}?lang=${locale}`);
  });

  function noted(request: Request, response: Response, what: AuditAction, on: string): Promise<void> {
    return audit(ctx, { ...byRequest(ctx.keys, request, response), what, on });
  }

  async function sendPeople(
    response: Response,
    page: StaffPageContext,
    values: AccessValues,
    faults: TextKey[] = [],
  ): Promise<void> {
    const [people, choices] = await Promise.all([listPeople(), choicesOf(page, values.departments)]);
    const content = PeoplePage({ page, people, choices, provided, values, faults });
    sendStaffPage(response, content, faults.length > 0 ? 400 : 200);
  }

  async function sendPerson(
    response: Response,
    page: StaffPageContext,
    person: Person,
    chosen: Pick<AccessValues, 'roles' | 'departments'>,
    faults: TextKey[] = [],
  ): Promise<void> {
    const [sessions, choices] = await Promise.all([
      sessionsOf(ctx, config.session, person._id),
      choicesOf(page, chosen.departments),
    ]);
    const content = PersonPage({ page, person, sessions, choices, chosen, faults });
    sendStaffPage(response, content, faults.length > 0 ? 400 : 200);
  }

  return router;
}

async function personOf(request: Request): Promise<Person> {
  const person = await findPerson(String(request.params.id));
  if (!person) throw problem('notFound');
  return person;
}

function isSelf({ staff }: StaffPageContext, { _id }: Person): boolean {
  return staff.person._id === _id;
}

/** The known departments, and those chosen that nothing has come in for yet. */
async function choicesOf({ locale }: StaffPageContext, chosen: readonly string[]) {
  const names = await displayNames('department', locale);
  const unknown = chosen.filter((key) => !names.has(key)).map((key): [string, string] => [key, key]);
  return [...names, ...unknown].map(([value, label]) => ({ value, label }));
}

function accessValues(request: Request): AccessValues {
  const { email, roles, departments } = fieldsOf(request);
  return { email: String(email ?? ''), roles: listOf(roles), departments: listOf(departments) };
}

function listOf(field: string | string[] | undefined): string[] {
  return field === undefined ? [] : [field].flat();
}

/** One sentence for each field with a fault. */
function faultTexts(error: unknown): TextKey[] {
  if (!(error instanceof Problem) || error.code !== 'invalidBody') throw error;
  const fields = error.faults.map(({ pointer }) => pointer.split('/')[1]);
  const texts: TextKey[] = [];
  if (fields.includes('email')) texts.push('people.fault.email');
  if (fields.includes('roles')) texts.push('people.fault.roles');
  if (texts.length === 0) texts.push('people.fault.departments');
  return texts;
}
