import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openTransport } from '../../../jobs/transport/index.ts';
import { auditPage } from '../../../server/audit/index.ts';
import { facilitatorOf, listSessions, planSession } from '../../../surveys/client-arena/index.ts';
import { recordContacts } from '../../../surveys/contacts/index.ts';
import { openRound, recipientToMail } from '../../../surveys/golden-ear/index.ts';
import { RoundRecipientModel } from '../../../surveys/golden-ear/rounds/model.ts';
import { claimDue, InvitationModel } from '../../../surveys/invitations/index.ts';
import { CapModel, OptOutModel } from '../../../surveys/recipients/index.ts';
import { invite, usePages } from '../../support/pages.ts';
import { signedInAs } from '../../support/staff.ts';

describe('Erasing the address of a resident', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-erasure-'));
  const pages = usePages({ DATA_DIR: dataDir });
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  let contacts = 0;
  const plan = async (email: string) => {
    contacts += 1;
    const { ctx } = pages;
    const place = { department: 'burgerzaken', channel: 'phone' };
    const contact = { source: 'erasure', id: `contact-${contacts}`, ...place };
    const occurredAt = ctx.clock.now().toISOString();
    return recordContacts(ctx, [{ ...contact, occurredAt, recipient: { email } }]);
  };

  it('cancels what is planned, erases every copy, and keeps a keyed hash so that it is never invited again', async () => {
    await plan('Eva+enquete@voorbeeld.example');
    const officer = await signedInAs(pages, 'privacy-officer');
    const done = await officer.post('/erasure?lang=en', { address: 'eva@voorbeeld.example' });
    expect(done.status).to.equal(200);
    expect(done.text).to.include('1 planned mail was cancelled').and.include('1 encrypted copy was erased');
    expect(done.text).not.to.include('eva@voorbeeld');

    const [invitation] = await InvitationModel.find().lean();
    expect(invitation).to.include({ state: 'optedOut' });
    expect(invitation).not.to.have.any.keys('address', 'addressHash', 'mails');
    expect(await CapModel.countDocuments()).to.equal(0);
    expect(await OptOutModel.countDocuments()).to.equal(1);
    const [again] = await plan('eva@voorbeeld.example');
    expect(again).to.include({ decision: 'skipped', reason: 'optedOut' });
  });

  it('erases a postal address by its postcode and house number', async () => {
    const address = {
      name: 'J. Jansen',
      street: 'Kade',
      houseNumber: '1 A',
      postcode: '1315HT',
      city: 'Almere',
    };
    const event = { source: 'erasure', id: 'letter', department: 'burgerzaken', channel: 'phone' };
    const letters = { ...pages.ctx, letters: true };
    const occurredAt = pages.ctx.clock.now().toISOString();
    await recordContacts(letters, [{ ...event, occurredAt, recipient: { address } }]);
    const officer = await signedInAs(pages, 'privacy-officer');
    const done = await officer.post('/erasure?lang=en', { address: '1315 ht, 1-a' });
    expect(done.text).to.include('1 encrypted copy was erased');
    expect(await InvitationModel.findOne().lean()).not.to.have.any.keys('address', 'addressHash');
    expect(await OptOutModel.countDocuments()).to.equal(1);
  });

  it('stops the reminder of a mail that went; who has its link can still answer', async () => {
    const { survey } = await invite(pages.ctx, { email: 'jan@voorbeeld.example' });
    const officer = await signedInAs(pages, 'privacy-officer');
    await officer.post('/erasure', { address: 'jan@voorbeeld.example' });
    expect(await InvitationModel.findOne().lean()).not.to.have.any.keys('address', 'addressHash', 'nextAt');
    pages.ctx.clock.advance(8 * 24 * 60 * 60 * 1_000);
    expect(await claimDue(pages.ctx, 'test', { limit: 10, leaseMs: 1_000, anyHour: true })).to.have.length(0);
    expect((await pages.request(survey)).status).to.equal(200);
  });

  it('ends a mail that a worker has in its hands, at the latest when it is due again', async () => {
    await plan('anna@voorbeeld.example');
    pages.ctx.clock.advance(4 * 24 * 60 * 60 * 1_000);
    const [claim] = await claimDue(pages.ctx, 'test', { limit: 1, leaseMs: 1_000, anyHour: true });
    expect(claim?.address).to.equal('anna@voorbeeld.example');
    const officer = await signedInAs(pages, 'privacy-officer');
    await officer.post('/erasure', { address: 'anna@voorbeeld.example' });
    pages.ctx.clock.advance(60_000);
    expect(await claimDue(pages.ctx, 'other', { limit: 1, leaseMs: 1_000, anyHour: true })).to.have.length(0);
    expect(await InvitationModel.findOne().lean()).not.to.have.any.keys('address', 'addressHash');
  });

  it('erases mails of the local outbox, and no others', async () => {
    const transport = openTransport({ smtpUrl: undefined, dataDir });
    for (const name of ['eva', 'jan'])
      await transport.send({
        messageId: `${name}@golden-ear.example`,
        from: { name: 'Gemeente', address: 'no-reply@gemeente.example' },
        to: `${name}@voorbeeld.example`,
        subject: 'Hoe ging het?',
        text: 'Hallo',
        html: '<p>Hallo</p>',
        headers: {},
      });
    await transport.close();
    const officer = await signedInAs(pages, 'privacy-officer');
    await officer.post('/erasure', { address: 'EVA@voorbeeld.example' });
    expect(existsSync(join(dataDir, 'outbox'))).to.equal(true);
    expect(await readdir(join(dataDir, 'outbox'))).to.have.length(1);
  });

  it('looks among the colleagues of rounds and the facilitators of arenas, and leaves the others', async () => {
    const { ctx } = pages;
    const addresses = ['Eva+werk@voorbeeld.example', 'jan@voorbeeld.example'];
    const [startDate, endDate] = ['2026-03-10', '2026-03-20'];
    const department = 'burgerzaken';
    await openRound(ctx, { department, startDate, endDate, addresses });
    const session = { theme: 'Balie', department, date: '2026-03-12', place: 'Zaal 1', facilitator: 'Eva' };
    for (const facilitatorEmail of addresses) await planSession(ctx, { ...session, facilitatorEmail });
    const officer = await signedInAs(pages, 'privacy-officer');
    const done = await officer.post('/erasure?lang=en', { address: 'eva@voorbeeld.example' });
    expect(done.text).to.include('2 encrypted copies were erased');
    const [left, ...none] = await RoundRecipientModel.find().lean();
    expect(none).to.deep.equal([]);
    expect((await recipientToMail(ctx, left!._id))?.mailTo).to.equal('jan@voorbeeld.example');
    const facilitators = (await listSessions()).map((one) => facilitatorOf(ctx, one));
    expect(facilitators).to.have.members([undefined, 'jan@voorbeeld.example']);
  });

  it('is written down without the address', async () => {
    const officer = await signedInAs(pages, 'privacy-officer');
    await officer.post('/erasure', { address: 'eva@voorbeeld.example' });
    await officer.post('/erasure', { address: '06 12 34 56 78' });
    const entries = await auditPage(undefined, 2);
    expect(entries.map(({ what, on }) => [what, on])).to.deep.equal([
      ['address.erased', undefined],
      ['address.erased', undefined],
    ]);
  });

  it('asks again when it is no address, and is the privacy officer’s alone', async () => {
    const officer = await signedInAs(pages, 'privacy-officer');
    const wrong = await officer.post('/erasure?lang=en', { address: '<script>' });
    expect(wrong.status).to.equal(400);
    expect(wrong.text).to.include('Enter an e-mail address').and.include('&lt;script');
    const administrator = await signedInAs(pages, 'administrator');
    expect((await administrator.post('/erasure', { address: 'eva@voorbeeld.example' })).status).to.equal(403);
  });
});
