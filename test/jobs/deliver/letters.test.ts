import { expect } from 'chai';
import { recordReceipt, recordReturnedLetter } from '../../../jobs/bounces/index.ts';
import { createDelivery } from '../../../jobs/deliver/index.ts';
import { notifyTransport } from '../../../jobs/transport/notify-nl.ts';
import { addDays } from '../../../surveys/calendar.ts';
import { recordContacts } from '../../../surveys/contacts/index.ts';
import {
  closeByToken,
  eraseAddress,
  expireDue,
  findByToken,
  InvitationModel,
  readAddress,
  readPaperToken,
} from '../../../surveys/invitations/index.ts';
import { BounceModel, CapModel } from '../../../surveys/recipients/index.ts';
import { eraseOld } from '../../../surveys/retention/index.ts';
import { haveCatalogue } from '../../support/catalogue.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { type NotifyServer, startNotifyServer } from '../transport/notify-server.ts';

const id = '26785a09-ab16-4eb0-8407-a37497a57506';
const letterTemplate = '4c1d8f60-31f3-4a3a-9c1a-0b6d6f2a7e11';

const jansen = {
  name: 'Mevr. J. Jansen',
  street: 'Stadhuisplein',
  houseNumber: '1-A',
  postcode: '1315ht',
  city: 'Almere',
};

describe('Invitations as letters', () => {
  useStore();
  let notify: NotifyServer;
  let ctx: ReturnType<typeof testContext> & { letters: boolean };
  before(async () => {
    notify = await startNotifyServer();
  });
  after(() => notify.close());
  beforeEach(async () => {
    notify.reset();
    ctx = { ...testContext(), letters: true };
    await haveCatalogue(ctx);
  });

  const deliver = async (template: string | undefined = letterTemplate) => {
    const settings = { url: notify.url, apiKey: `luister-${id}-${id}`, emailTemplate: id };
    const delivery = createDelivery(ctx, {
      transport: notifyTransport({ ...settings, letterTemplate: template || undefined }, ctx.clock),
      settings: { baseUrl: 'https://luister.example', mailFrom: 'vraag@gemeente.example' },
      anyHour: true,
    });
    const counts = await delivery.deliverDue();
    await delivery.close();
    return counts;
  };
  const record = async (contact: string, recipient: object, language = 'nl') => {
    const event = { source: 'kcc', id: contact, department: 'burgerzaken', channel: 'phone', language };
    const occurredAt = ctx.clock.now().toISOString();
    const [result] = await recordContacts(ctx, [{ ...event, occurredAt, recipient }]);
    return result!;
  };
  const nextDays = () => ctx.clock.set(addDays(ctx.clock.now(), 3));
  const sendOne = async (address: object = jansen, language = 'nl') => {
    await record('one', { address }, language);
    nextDays();
    await deliver();
    return notify.got[0]!.body;
  };

  it('go to who gave only a postal address, once per household, and only where they are turned on', async () => {
    expect(await record('mail', { email: 'bewoner@voorbeeld.example', address: jansen })).to.include({
      decision: 'invited',
    });
    expect(await record('post', { address: jansen })).to.include({ decision: 'invited' });
    const partner = { ...jansen, name: 'Dhr. P. de Vries', houseNumber: '1 a', postcode: '1315 HT' };
    expect(await record('same household', { address: partner })).to.include({ reason: 'capped' });
    for (const wrong of [
      { postcode: '0315 HT' },
      { postcode: 'B-1000' },
      { name: '(Jansen)' },
      { city: ' ' },
    ])
      expect(await record(JSON.stringify(wrong), { address: { ...jansen, ...wrong } })).to.include({
        reason: 'noAddress',
      });
    const two = { ...jansen, houseNumber: '2', name: 'J. Jansen\nPostbus 200' };
    expect(await record('another line', { address: two })).to.include({ reason: 'noAddress' });
    ctx.letters = false;
    expect(await record('off', { address: { ...jansen, houseNumber: '3' } })).to.include({
      reason: 'noAddress',
    });
    expect(await record('post', { address: jansen })).to.include({ decision: 'invited' });
    expect(JSON.stringify(await InvitationModel.find().lean())).not.to.match(/Jansen|Stadhuisplein|1315/);

    nextDays();
    expect(await deliver()).to.include({ accepted: 2 });
    expect(notify.got.map(({ path }) => path)).to.have.members([
      '/v2/notifications/email',
      '/v2/notifications/letter',
    ]);
  });

  it('are what NotifyNL publishes: the address in lines, and a code that can be scanned or typed', async () => {
    const { template_id, reference, personalisation } = await sendOne();
    expect(template_id).to.equal(letterTemplate);
    expect(reference).to.match(/^[0-9a-f]{32}$/);
    const { message = '', link = '', ...rest } = personalisation;
    expect(rest).to.deep.equal({
      address_line_1: 'Mevr. J. Jansen',
      address_line_2: 'Stadhuisplein 1-A',
      address_line_3: '1315 HT Almere',
      subject: 'Hoe ging uw contact met Gemeente Voorbeeld?',
    });
    const token = link.replace('https://luister.example/s/', '');
    expect(message.split('\n')).to.include(token);
    expect(token).to.match(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$/);
    const typed = token.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect(readPaperToken(typed)).to.equal(token);
    expect(await findByToken(ctx, token)).to.include({ answered: 'no', open: true });
    expect(await closeByToken(ctx, token)).to.include({ answered: 'here' });
    expect(message).to.include('zonder uw adres').and.not.include('e-mail');
  });

  it('are in Dutch or English, and are not reminded of: the address is erased when NotifyNL has it', async () => {
    const { personalisation } = await sendOne(jansen, 'tr');
    expect(personalisation.message).to.include('U had kort geleden contact');
    const [invitation] = await InvitationModel.find().lean();
    expect(invitation).to.include({ state: 'sent' }).and.not.have.any.keys('address', 'nextAt');
    ctx.clock.set(addDays(ctx.clock.now(), 10));
    expect(await deliver()).to.include({ accepted: 0 });
  });

  it('end by their receipt, or when they come back: then nobody there is written to again', async () => {
    const letter = { notification_type: 'letter' } as const;
    const { reference } = await sendOne();
    expect(await recordReceipt(ctx, { ...letter, reference, status: 'received' })).to.equal('delivered');
    const back = { notification_id: id, reference, date_sent: '2026-03-13T09:00:00.000000Z' };
    expect(await recordReturnedLetter(ctx, back)).to.equal('bounced');
    expect(await recordReturnedLetter(ctx, back)).to.equal('unmatched');
    ctx.clock.set(addDays(ctx.clock.now(), 100));
    expect(await record('two', { address: jansen })).to.include({ reason: 'bouncedBefore' });

    notify.reset();
    const other = { ...jansen, houseNumber: '7' };
    await record('three', { address: other });
    nextDays();
    await deliver();
    const unprinted = { ...letter, reference: notify.got[0]!.body.reference, status: 'permanent-failure' };
    expect(await recordReceipt(ctx, { ...unprinted, status: 'permanent-failure' })).to.equal('bounced');
    ctx.clock.set(addDays(ctx.clock.now(), 100));
    expect(await record('four', { address: other })).to.include({ decision: 'invited' });
  });

  it('are known when they come back after the survey expired, for as long as the cap of the household is kept', async () => {
    const { reference } = await sendOne();
    ctx.clock.set(addDays(ctx.clock.now(), 40));
    expect(await expireDue(ctx)).to.equal(1);
    const [expired] = await InvitationModel.find().lean();
    expect(expired, 'no address is kept with it').to.include({ state: 'expired' });
    expect(expired).to.not.have.any.keys('address', 'addressHash', 'mails');
    const back = { notification_id: id, date_sent: '2026-03-13T09:00:00.000000Z' };
    expect(await recordReturnedLetter(ctx, { ...back, reference: '0'.repeat(32) })).to.equal('unmatched');
    expect(await recordReturnedLetter(ctx, { ...back, reference })).to.equal('bounced');
    expect(await recordReturnedLetter(ctx, { ...back, reference }), 'again').to.equal('unmatched');
    expect(await InvitationModel.findOne().lean(), 'nothing of the invitation changes').to.deep.equal(
      expired,
    );
    ctx.clock.set(addDays(ctx.clock.now(), 100));
    expect(await record('two', { address: jansen })).to.include({ reason: 'bouncedBefore' });
  });

  it('are forgotten with the cap, and when the household asks to be erased', async () => {
    const { reference } = await sendOne();
    const back = { notification_id: id, reference, date_sent: '2026-03-13T09:00:00.000000Z' };
    expect(JSON.stringify(await CapModel.find().lean())).not.to.include(reference);
    ctx.clock.set(addDays(ctx.clock.now(), 91));
    await expireDue(ctx);
    await eraseOld(ctx);
    expect(await CapModel.countDocuments()).to.equal(0);
    expect(await recordReturnedLetter(ctx, back)).to.equal('unmatched');

    notify.reset();
    await record('two', { address: jansen });
    nextDays();
    await deliver();
    await eraseAddress(ctx, readAddress('1315 ht 1a')!);
    expect(await recordReturnedLetter(ctx, { ...back, reference: notify.got[0]!.body.reference })).to.equal(
      'unmatched',
    );
    expect(await BounceModel.countDocuments()).to.equal(0);
  });

  it('are cancelled and never sent again to a household that asks to be erased', async () => {
    await record('one', { address: jansen });
    const wanted = readAddress('1315 ht 1a');
    expect(wanted).to.deep.equal({ kind: 'post', normalised: '1315HT 1a' });
    expect(await eraseAddress(ctx, wanted!)).to.deep.equal({ cancelled: 1, copies: 1 });
    expect(await record('two', { address: { ...jansen, name: 'P. de Vries' } })).to.include({
      reason: 'optedOut',
    });
    nextDays();
    expect(await deliver()).to.include({ accepted: 0 });
    expect(notify.got).to.deep.equal([]);
  });

  it('hold up no mail where they are refused, and fail alone where they were turned off meanwhile', async () => {
    await record('one', { address: jansen });
    nextDays();
    notify.refuse(400, 'Service is not allowed to send letters');
    expect(await deliver()).to.include({ retry: 1, unavailable: 0 });
    await record('two', { address: { ...jansen, houseNumber: '2' } });
    ctx.clock.set(addDays(ctx.clock.now(), 4));
    notify.refuse(400, 'Cant detect a dutch postcode', 'ValidationError');
    expect(await deliver()).to.include({ bounced: 2, unavailable: 0 });
    await record('three', { address: { ...jansen, houseNumber: '3' } });
    nextDays();
    notify.reset();
    expect(await deliver('')).to.include({ failed: 1, unavailable: 0 });
    expect(notify.got).to.deep.equal([]);
  });
});
