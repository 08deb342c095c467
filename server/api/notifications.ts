import type { Notification } from '../../schemas/generated/notification.ts';
import schema from '../../schemas/notification.schema.json' with { type: 'json' };
import { validator } from '../../schemas/validate.ts';
import { noteKlantcontact } from '../../surveys/contacts/open-klant/index.ts';
import { problem } from '../../surveys/problems.ts';
import { ref } from './components.ts';
import { type Route, route } from './route.ts';

const check = validator<Notification>(schema);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const notificationRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/notifications',
    access: 'contacts:write',
    tag: 'Contacts',
    summary: 'Callback of a subscription at a Notificaties API, for the klantcontacten of Open Klant 2',
    description:
      'The authorisation header of the subscription is `Bearer` with an API key for all departments. The klantcontact is fetched some minutes later, and decided about as any contact. Sent again, or out of order: no second effect. Messages on other channels are answered and left alone.',
    body: { schema: ref('Notification') },
    answers: { 204: { description: 'It is stored' } },
    handle: async ({ ctx, config: { openKlant } }, { body, departments }) => {
      if (departments !== 'all') throw problem('otherDepartment');
      const checked = check(body);
      if (!checked.ok) throw problem('invalidBody', { faults: checked.faults });
      const { kanaal, resource, resourceUrl, actie, aanmaakdatum } = checked.value;
      if (kanaal !== 'klantcontacten' || resource !== 'klantcontact') return { status: 204 };
      if (!openKlant) throw problem('unavailable', { detail: 'OPEN_KLANT_URL is not set.' });
      const id = idOf(resourceUrl, openKlant.url);
      if (!id) throw problem('invalidBody', { faults: [elsewhere] });
      await noteKlantcontact(ctx, {
        uuid: id,
        destroyed: actie === 'destroy',
        heardAt: new Date(aanmaakdatum),
      });
      return { status: 204 };
    },
  }),
];

const elsewhere = {
  pointer: '/resourceUrl',
  code: 'elsewhere',
  detail: 'must be a klantcontact under OPEN_KLANT_URL',
};

/** Only the identifier is taken from the message: what is asked, and where, we decide. */
function idOf(resourceUrl: string, base: string): string | undefined {
  const prefix = `${base}/klantcontacten/`;
  const rest = resourceUrl.startsWith(prefix) ? resourceUrl.slice(prefix.length).replace(/\/$/, '') : '';
  return uuid.test(rest) ? rest.toLowerCase() : undefined;
}
