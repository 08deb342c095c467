import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { recordReceipt } from '../../../jobs/bounces/index.ts';
import { createDelivery } from '../../../jobs/deliver/index.ts';
import { notifyTransport } from '../../../jobs/transport/notify-nl.ts';
import { addDays } from '../../../surveys/calendar.ts';
import { recordContacts } from '../../../surveys/contacts/index.ts';
import { InvitationModel } from '../../../surveys/invitations/index.ts';
import { addressHash, openOptOutToken, rememberOptOut } from '../../../surveys/recipients/index.ts';
import { haveCatalogue } from '../../support/catalogue.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';

const service = '26785a09-ab16-4eb0-8407-a37497a57506';
const emailTemplate = 'f33517ff-2a88-4f6e-b855-c550268ce08a';
const smsTemplate = '740e5834-3a29-46b4-9a6f-16142fde533a';
const baseUrl = 'https://luister.example';

/** As published: `post_sms_request` of notification_schemas.py of GOV.UK Notify, which NotifyNL is a copy of. */
const published = {
  type: 'object',
  properties: {
    reference: { type: 'string', maxLength: 1_000 },
    phone_number: { type: 'string', pattern: '^\\+\\d{8,15}$' },
    template_id: { type: 'string', format: 'uuid' },
    personalisation: { type: 'object' },
    scheduled_for: { type: ['string', 'null'] },
    sms_sender_id: { type: 'string', format: 'uuid' },
  },
  required: ['phone_number', 'template_id'],
  additionalProperties: false,
};
const ajv = new Ajv();
addFormats.default(ajv);
const fits = ajv.compile(published);

interface Sent {
  path: string;
  body: { phone_number: string; reference: string; personalisation: { message: string } };
}

describe('Invitations as text messages', () => {
  useStore();
  let server: Server;
  let url = '';
  let refusal: object | undefined;
  const sent: Sent[] = [];
  let ctx: ReturnType<typeof testContext> & { textMessages?: boolean };

  before(async () => {
    server = createServer(async (request, response) => {
      const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
      sent.push({ path: request.url ?? '', body });
      response.writeHead(refusal ? 400 : 201).end(JSON.stringify(refusal ?? {}));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  });
  after(() => server.close());
  beforeEach(async () => {
    sent.length = 0;
    refusal = undefined;
    ctx = { ...testContext(), textMessages: true };
    await haveCatalogue(ctx);
  });

  const deliver = async (template: string | undefined = smsTemplate) => {
    const apiKey = `luister-${service}-${service}`;
    const transport = notifyTransport({ url, apiKey, emailTemplate, smsTemplate: template }, ctx.clock);
    const delivery = createDelivery(ctx, {
      transport,
      settings: { baseUrl, mailFrom: 'vraag@gemeente.example' },
      anyHour: true,
    });
    const counts = await delivery.deliverDue();
    await delivery.close();
    return counts;
  };
  const record = async (id: string, recipient: { email?: string; phone?: string }, language = 'nl') => {
    const event = { source: 'kcc', id, department: 'burgerzaken', channel: 'phone', language, recipient };
    const [result] = await recordContacts(ctx, [{ ...event, occurredAt: ctx.clock.now().toISOString() }]);
    return result!;
  };
  const nextDays = () => ctx.clock.set(addDays(ctx.clock.now(), 3));

  it('go to who gave only the number of a mobile phone, and only where they are turned on', async () => {
    const phone = '06 12345678';
    expect(await record('both', { email: 'bewoner@voorbeeld.example', phone })).to.include({
      decision: 'invited',
    });
    expect(await record('mobile', { phone })).to.include({ decision: 'invited' });
    expect(await record('again', { phone: '0031612345678' })).to.include({ reason: 'capped' });
    expect(await record('landline', { phone: '036 5399911' })).to.include({ reason: 'noAddress' });
    ctx.textMessages = false;
    expect(await record('off', { phone: '06 87654321' })).to.include({ reason: 'noAddress' });
    expect(await record('mobile', { phone })).to.include({ decision: 'invited' });
    for (const { address } of await InvitationModel.find({}, { address: 1 }).lean())
      expect(address).not.to.include('612345678');

    nextDays();
    expect(await deliver()).to.include({ accepted: 2 });
    expect(sent.map(({ path }) => path)).to.have.members([
      '/v2/notifications/email',
      '/v2/notifications/sms',
    ]);
  });

  it('are what NotifyNL publishes: short, with the link and the way to stop, and nothing of the contact', async () => {
    await record('one', { phone: '06 12345678' });
    nextDays();
    await deliver();
    const [{ body } = { body: undefined }] = sent;
    expect(fits(body), ajv.errorsText(fits.errors)).to.equal(true);
    expect(body).to.include({ phone_number: '+31612345678', template_id: smsTemplate });
    const { message } = body!.personalisation;
    expect(message).to.match(/https:\/\/luister\.example\/s\/[\w-]{32} /);
    expect(message).not.to.match(/burgerzaken/i);
    // At most two parts of 153 characters, with the name of the municipality of the examples.
    expect(message.length).to.be.at.most(306);

    const hash = addressHash(ctx.keys, 'phone', '+31612345678');
    const optOut = /\/o\/([\w-]{80})$/.exec(message)?.[1];
    expect(openOptOutToken(ctx.keys, optOut ?? '')).to.equal(hash);
    await rememberOptOut(hash);
    expect(await record('two', { phone: '+31 6 12345678' })).to.include({ reason: 'optedOut' });
  });

  it('end by their receipt, and a number that takes none is not tried again', async () => {
    await record('one', { phone: '06 12345678' });
    nextDays();
    await deliver();
    const { reference } = sent[0]!.body;
    const receipt = { reference, status: 'permanent-failure', notification_type: 'sms' } as const;
    expect(await recordReceipt(ctx, receipt)).to.equal('bounced');
    expect(await record('two', { phone: '06 12345678' })).to.include({ reason: 'bouncedBefore' });
  });

  it('count a refusal of the number against it, and fail alone where they were turned off meanwhile', async () => {
    await record('one', { phone: '06 12345678' });
    await record('two', { phone: '06 87654321' }, 'en');
    nextDays();
    refusal = { errors: [{ error: 'ValidationError', message: 'phone_number Not a valid number' }] };
    expect(await deliver()).to.include({ bounced: 2, unavailable: 0 });
    await record('three', { phone: '06 11111111' });
    nextDays();
    sent.length = 0;
    refusal = undefined;
    ctx.textMessages = false;
    expect(await deliver('')).to.include({ failed: 1, unavailable: 0 });
    expect(sent).to.deep.equal([]);
  });
});
