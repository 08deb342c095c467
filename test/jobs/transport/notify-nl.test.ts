import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { notifyTransport } from '../../../jobs/transport/notify-nl.ts';
import { fixedClock } from '../../../surveys/clock.ts';
import { exampleMail } from './example-mail.ts';
import { type NotifyServer, startNotifyServer } from './notify-server.ts';

const service = '26785a09-ab16-4eb0-8407-a37497a57506';
const secret = '3d844edf-8d35-48ac-975b-e847b4f122b0';
const template = 'f33517ff-2a88-4f6e-b855-c550268ce08a';

describe('jobs/transport by NotifyNL', () => {
  let notify: NotifyServer;
  before(async () => {
    notify = await startNotifyServer();
  });
  after(() => notify.close());
  beforeEach(() => notify.reset());

  const now = new Date('2026-03-10T09:00:00Z');
  const transport = () =>
    notifyTransport(
      { url: notify.url, apiKey: `luister-${service}-${secret}`, emailTemplate: template },
      fixedClock(now),
    );

  it('sends what the published schema describes, with our reference and the one-click opt-out', async () => {
    const optOut = 'https://luister.example/o/token';
    const mail = exampleMail({ headers: { 'List-Unsubscribe': `<${optOut}>` } });
    expect(await transport().send(mail)).to.deep.equal({ kind: 'accepted' });
    const [request] = notify.got;
    expect(request?.path).to.equal('/v2/notifications/email');
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
    const [header = '', claims = '', signature] = notify.got[0]!.authorization.replace('Bearer ', '').split(
      '.',
    );
    const parsed = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
    expect(parsed(header)).to.deep.equal({ typ: 'JWT', alg: 'HS256' });
    expect(parsed(claims)).to.deep.equal({ iss: service, iat: now.getTime() / 1_000 });
    expect(signature).to.equal(
      createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url'),
    );
  });

  it('counts a refusal against the address only where it is about the address', async () => {
    const cases: [number, string, string, string][] = [
      [400, 'ValidationError', 'email_address Not a valid email address', 'bounced'],
      [400, 'BadRequestError', 'Cannot send to this recipient when service is in trial mode', 'unavailable'],
      [403, 'AuthError', 'Invalid token: API key not found', 'unavailable'],
      [429, 'TooManyRequestsError', 'Exceeded send limits (50) for today', 'unavailable'],
      [500, 'Exception', 'Internal server error', 'unavailable'],
    ];
    for (const [status, error, message, kind] of cases) {
      notify.refuse(status, message, error);
      expect(await transport().send(exampleMail())).to.deep.equal({ kind, reason: String(status) });
    }
  });

  it('waits where nobody answers, and gives up an attempt that was broken off', async () => {
    const nobody = notifyTransport({ url: 'http://127.0.0.1:9', apiKey: '', emailTemplate: template });
    expect(await nobody.send(exampleMail())).to.include({ kind: 'unavailable' });
    expect(await transport().send(exampleMail(), AbortSignal.abort())).to.include({ kind: 'retry' });
    expect(notify.got).to.deep.equal([]);
  });
});
