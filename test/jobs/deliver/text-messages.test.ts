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
import { type NotifyServer, startNotifyServer } from '../transport/notify-server.ts';

const service = '26785a09-ab16-4eb0-8407-a37497a57506';
const emailTemplate = 'f33517ff-2a88-4f6e-b855-c550268ce08a';
const smsTemplate = '740e5834-3a29-46b4-9a6f-16142fde533a';
const baseUrl = 'https://luister.example';

describe('Invitations as text messages', () => {
  useStore();
  let notify: NotifyServer;
  let ctx: ReturnType<typeof testContext> & { textMessages?: boolean };

  before(async () => {
    notify = await startNotifyServer();
  });
  after(() => notify.close());
  beforeEach(async () => {
    notify.reset();
    ctx = { ...testContext(), textMessages: true };
    await haveCatalogue(ctx);
  });

  const deliver = async (template: string | undefined = smsTemplate) => {
    const apiKey = `luister-${service}-${service}`;
    const transport = notifyTransport(
      { url: notify.url, apiKey, emailTemplate, smsTemplate: template },
      ctx.clock,
    );
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
    expect(notify.got.map(({ path }) => path)).to.have.members([
      '/v2/notifications/email',
      '/v2/notifications/sms',
    ]);
  });

  it('are what NotifyNL publishes: short, with the link and the way to stop, and nothing of the contact', async () => {
    await record('one', { phone: '06 12345678' });
    nextDays();
    await deliver();
    const { body } = notify.got[0]!;
    expect(body).to.include({ phone_number: '+31612345678', template_id: smsTemplate });
    const { message = '' } = body.personalisation;
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
    const { reference } = notify.got[0]!.body;
    const receipt = { reference, status: 'permanent-failure', notification_type: 'sms' } as const;
    expect(await recordReceipt(ctx, receipt)).to.equal('bounced');
    expect(await record('two', { phone: '06 12345678' })).to.include({ reason: 'bouncedBefore' });
  });

  it('count a refusal of the number against it, and fail alone where they were turned off meanwhile', async () => {
    await record('one', { phone: '06 12345678' });
    await record('two', { phone: '06 87654321' }, 'en');
    nextDays();
    notify.refuse(400, 'phone_number Not a valid number', 'ValidationError');
    expect(await deliver()).to.include({ bounced: 2, unavailable: 0 });
    await record('three', { phone: '06 11111111' });
    nextDays();
    notify.reset();
    ctx.textMessages = false;
    expect(await deliver('')).to.include({ failed: 1, unavailable: 0 });
    expect(notify.got).to.deep.equal([]);
  });
});
