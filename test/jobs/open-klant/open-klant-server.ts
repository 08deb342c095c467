import { once } from 'node:events';
import { createServer } from 'node:http';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import published from './published-schemas.json' with { type: 'json' };

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ ...published, $id: 'published' });

/** Throws when a value is not as the published document describes it. */
export function assertPublished(
  name: 'ExpandKlantcontact' | 'ExpandBetrokkene' | 'DigitaalAdres' | 'Message',
  value: unknown,
) {
  const fits = ajv.compile({ $ref: `published#/components/schemas/${name}` });
  if (!fits(value)) throw new Error(`${name}: ${ajv.errorsText(fits.errors)}`);
}

interface Wanted {
  uuid: string;
  kanaal?: string;
  vertrouwelijk?: boolean;
  email?: string;
  /** Instead of an e-mail address. */
  phone?: string;
  plaatsgevondenOp?: string;
  unit?: string | null;
}

/** A klantcontact with who was involved, in the shape of the published document. */
export function klantcontact(base: string, wanted: Wanted) {
  const { uuid, kanaal = 'Telefoon', vertrouwelijk = false, email = 'bewoner@voorbeeld.example' } = wanted;
  const { plaatsgevondenOp = '2026-03-10T08:30:00Z', unit = 'Sociaal Domein' } = wanted;
  const at = (path: string) => ({ uuid, url: `${base}/${path}/${uuid}` });
  const address = {
    ...at('digitaleadressen'),
    verstrektDoorBetrokkene: at('betrokkenen'),
    verstrektDoorPartij: null,
    adres: wanted.phone ?? email,
    soortDigitaalAdres: wanted.phone ? 'telefoonnummer' : 'email',
    isStandaardAdres: true,
    omschrijving: '',
  };
  assertPublished('DigitaalAdres', address);
  const person = {
    ...at('betrokkenen'),
    wasPartij: null,
    hadKlantcontact: at('klantcontacten'),
    digitaleAdressen: [at('digitaleadressen')],
    bezoekadres: null,
    correspondentieadres: null,
    contactnaam: null,
    volledigeNaam: 'J. Jansen',
    rol: 'klant',
    organisatienaam: '',
    initiator: true,
    _expand: { digitaleAdressen: [address] },
  };
  assertPublished('ExpandBetrokkene', person);
  const actor = (naam: string, soortActor: string) => ({
    ...at('actoren'),
    naam,
    soortActor,
    indicatieActief: true,
  });
  const answer = {
    ...at('klantcontacten'),
    gingOverOnderwerpobjecten: [],
    hadBetrokkenActoren: [
      actor('Jan', 'medewerker'),
      ...(unit === null ? [] : [actor(unit, 'organisatorische_eenheid')]),
    ],
    omvatteBijlagen: [],
    hadBetrokkenen: [at('betrokkenen')],
    leiddeTotInterneTaken: [],
    nummer: '1',
    kanaal,
    onderwerp: 'Een vraag',
    inhoud: '',
    indicatieContactGelukt: true,
    taal: 'nld',
    vertrouwelijk,
    plaatsgevondenOp,
    _expand: { hadBetrokkenen: [person] },
  };
  assertPublished('ExpandKlantcontact', answer);
  return answer;
}

/** A server that speaks the part of the klantinteracties API that is used. */
export async function startOpenKlant(token: string) {
  const resources = new Map<string, unknown>();
  const asked: string[] = [];
  let away = false;
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const [, uuid = ''] =
      /^\/klantinteracties\/api\/v1\/klantcontacten\/([^?]+)\?expand=/.exec(request.url ?? '') ?? [];
    const found = resources.get(uuid);
    const allowed = request.headers.authorization === `Token ${token}`;
    response.statusCode = away ? 503 : !allowed ? 401 : found ? 200 : 404;
    response
      .setHeader('Content-Type', 'application/json')
      .end(JSON.stringify(response.statusCode === 200 ? found : {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/klantinteracties/api/v1`;
  return {
    url,
    resources,
    asked,
    setAway: (is: boolean) => {
      away = is;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
