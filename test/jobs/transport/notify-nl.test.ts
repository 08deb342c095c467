import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { notifyTransport } from '../../../jobs/transport/notify-nl.ts';
import { fixedClock } from '../../../surveys/clock.ts';
import { exampleMail } from './example-mail.ts';

const service = '26785a09-ab16-4eb0-8407-a37497a57506';
const secret = '3d844edf-8d35-48ac-975b-e847b4f122b0';
const template = 'f33517ff-2a88-4f6e-b855-c550268ce08a';

/** As published: `post_email_request` of notification_schemas.py in Worth-NL/notifynl-api. */
const published = {
  type: 'object',
  properties: {
    reference: { type: 'string', maxLength: 1_000 },
    email_address: { type: 'string', format: 'email' },
    template_id: { type: 'string', format: 'uuid' },
    personalisation: { type: 'object' },
    scheduled_for: { type: ['string', 'null'] },
    email_reply_to_id: { type: 'string', format: 'uuid' },
    one_click_unsubscribe_url: { type: 'string', format: 'uri', pattern: '^https://' },
    sanitise_content_for: { type: ['array', 'null'] },
  },
  required: ['email_address', 'template_id'],
  additionalProperties: false,
};
const ajv = new Ajv();
addFormats.default(ajv);
const fits = ajv.compile(published);

describe('jobs/transport by NotifyNL', () => {
  let server: Server;
  let url = '';
  let answer = { status: 201, body: {} as object };
  const got: { path: string; authorization: string; body: Record<string, unknown> }[] = [];

  before(async () => {
    server = createServer(async (request, response) => {
      const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
      got.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', body });
      response
        .writeHead(answer.status, { 'Content-Type': 'application/json' })
        .end(JSON.stringify(answer.body));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  });
  after(() => server.close());
  beforeEach(() => {
    got.length = 0;
    answer = { status: 201, body: {} };
  });

  const now = new Date('2026-03-10T09:00:00Z');
  const transport = () =>
    notifyTransport(
      { url, apiKey: `luister-${service}-${secret}`, emailTemplate: template },
      fixedClock(now),
    );
  const refusal = (error: string, message: string) => ({ status_code: 400, errors: [{ error, message }] });

  it('sends what the published schema describes, with our reference and the one-click opt-out', async () => {
    const optOut = 'https://luister.example/o/token';
    const mail = exampleMail({ headers: { 'List-Unsubscribe': `<${optOut}>` } });
    expect(await transport().send(mail)).to.deep.equal({ kind: 'accepted' });
    const [request] = got;
    expect(request?.path).to.equal('/v2/notifications/email');
    expect(fits(request?.body), ajv.errorsText(fits.errors)).to.equal(true);
    expect(request?.body).to.deep.equal({
      email_address: mail.to,
      template_id: template,
      personalisation: { subject: mail.subject, message: mail.text },
      reference: '4f1c',
      one_click_unsubscribe_url: optOut,
    });
  });

  it('signs each request with the secret of the key, for the moment', async () => {
    await transport().send(exampleMail());
    const [header = '', claims = '', signature] = got[0]!.authorization.replace('Bearer ', '').split('.');
    const parsed = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
    expect(parsed(header)).to.deep.equal({ typ: 'JWT', alg: 'HS256' });
    expect(parsed(claims)).to.deep.equal({ iss: service, iat: now.getTime() / 1_000 });
    expect(signature).to.equal(
      createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url'),
    );
  });

  it('counts a refusal against the address only where it is about the address', async () => {
    const cases: [number, object, string][] = [
      [400, refusal('ValidationError', 'email_address Not a valid email address'), 'bounced'],
      [
        400,
        refusal('BadRequestError', 'Cannot send to this recipient when service is in trial mode'),
        'unavailable',
      ],
      [403, refusal('AuthError', 'Invalid token: API key not found'), 'unavailable'],
      [429, refusal('TooManyRequestsError', 'Exceeded send limits (50) for today'), 'unavailable'],
      [500, refusal('Exception', 'Internal server error'), 'unavailable'],
    ];
    for (const [status, body, kind] of cases) {
      answer = { status, body };
      expect(await transport().send(exampleMail())).to.deep.equal({ kind, reason: String(status) });
    }
  });

  it('waits where nobody answers, and gives up an attempt that was broken off', async () => {
    const nobody = notifyTransport({ url: 'http://127.0.0.1:9', apiKey: '', emailTemplate: template });
    expect(await nobody.send(exampleMail())).to.include({ kind: 'unavailable' });
    expect(await transport().send(exampleMail(), AbortSignal.abort())).to.include({ kind: 'retry' });
    expect(got).to.deep.equal([]);
  });
});
