import { expect } from 'chai';
import { createRehearsal, recordContacts } from '../../../surveys/contacts/index.ts';
import { ContactModel } from '../../../surveys/contacts/model.ts';
import { InvitationModel } from '../../../surveys/invitations/model.ts';
import { listEntries } from '../../../surveys/municipality/index.ts';
import { CapModel } from '../../../surveys/recipients/model.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { contactEvent, publishCustomerJourney } from './contact-events.ts';

describe('recording contacts', () => {
  useStore();
  const ctx = testContext('2026-03-10T09:00:00Z');
  beforeEach(() => publishCustomerJourney(ctx));

  const everything = async () => ({
    contacts: await ContactModel.find().sort({ _id: 1 }).lean(),
    invitations: await InvitationModel.find().sort({ _id: 1 }).lean(),
    caps: await CapModel.find().sort({ _id: 1 }).lean(),
  });

  it('keeps no address, name or number of a case in the clear', async () => {
    await recordContacts(ctx, [
      contactEvent({ id: 'Z-2026-00017', recipient: { email: 'jan@voorbeeld.example' } }),
    ]);
    expect(JSON.stringify(await everything())).not.to.match(/jan|voorbeeld\.example|Z-2026|kcc/);
  });

  it('gives the same answer without a second effect when sent again, also within a batch and later', async () => {
    const event = contactEvent();
    const [first, second] = await recordContacts(ctx, [event, event]);
    const stored = await everything();
    expect(second).to.deep.equal(first);
    const again = await recordContacts(testContext('2026-03-20T09:00:00Z'), [event]);
    expect(again[0]).to.deep.equal(first);
    expect(await everything()).to.deep.equal(stored);
    expect(stored.invitations).to.have.length(1);
  });

  it('says so when an id is used again for another contact, and leaves the first as it was', async () => {
    const event = contactEvent();
    await recordContacts(ctx, [event]);
    const stored = await everything();
    const other = { ...event, department: 'wijkteams' };
    const [later] = await recordContacts(ctx, [other]);
    expect(later).to.include({ decision: 'rejected', reason: 'duplicate' });
    expect(later?.errors?.[0]).to.include({ pointer: '/id', code: 'duplicate' });
    expect(await everything()).to.deep.equal(stored);
  });

  it('rejects a bad item with all its faults and stores nothing of it, but all of its neighbours', async () => {
    const { department: _, ...incomplete } = contactEvent({ id: 'bad', channel: 'The Phone' });
    const results = await recordContacts(ctx, [
      contactEvent(),
      { ...incomplete, bsn: '123456782' },
      null,
      [],
      'call-17',
      JSON.parse('{"__proto__": {"confidential": true}, "$where": "1", "source": "kcc", "id": "x"}'),
      contactEvent({ occurredAt: '2026-03-11T09:00:00Z' }),
      contactEvent({ occurredAt: '2026-06-30T23:59:60Z' }),
      contactEvent({ recipient: { email: 'jan@voorbeeld.example\r\nBcc: all@voorbeeld.example' } }),
      contactEvent(),
    ]);
    expect(results.map(({ decision }) => decision)).to.deep.equal([
      'invited',
      ...Array.from({ length: 8 }, () => 'rejected'),
      'invited',
    ]);
    expect(results[1]?.errors?.map(({ pointer }) => pointer)).to.have.members([
      '/department',
      '/bsn',
      '/channel',
    ]);
    expect(results[1]).to.include({ source: 'kcc', id: 'bad', reason: 'invalid' });
    expect(results[2]).to.include({ source: null, id: null });
    expect(results[5]?.errors?.map(({ pointer }) => pointer)).to.include.members(['/__proto__', '/$where']);
    expect(results[6]?.errors).to.deep.equal([
      { pointer: '/occurredAt', code: 'future', detail: 'must not be in the future' },
    ]);
    expect(results[8]?.errors?.[0]).to.include({ pointer: '/recipient/email', code: 'email' });
    expect(await ContactModel.countDocuments()).to.equal(2);
  });

  it('invites the first of a batch when an address occurs many times', async () => {
    const recipient = { email: 'jan@voorbeeld.example' };
    const results = await recordContacts(
      ctx,
      Array.from({ length: 20 }, () => contactEvent({ recipient })),
    );
    expect(results.map(({ reason }) => reason)).to.deep.equal([undefined, ...Array(19).fill('capped')]);
    expect(await InvitationModel.countDocuments()).to.equal(1);
  });

  it('invites one of many contacts that race for an address in batches of their own', async () => {
    const recipient = { email: 'jan@voorbeeld.example' };
    const batches = await Promise.all(
      Array.from({ length: 20 }, () => recordContacts(ctx, [contactEvent({ recipient })])),
    );
    const decisions = batches.flat().map(({ decision }) => decision);
    expect(decisions.filter((decision) => decision === 'invited')).to.have.length(1);
    expect(await InvitationModel.countDocuments()).to.equal(1);
    expect(await ContactModel.countDocuments({ decision: 'skipped', reason: 'capped' })).to.equal(19);
  });

  it('decides once about a batch that arrives several times at once', async () => {
    const events = Array.from({ length: 50 }, () => contactEvent());
    const answers = await Promise.all(Array.from({ length: 5 }, () => recordContacts(ctx, events)));
    for (const answer of answers) expect(answer).to.deep.equal(answers[0]);
    expect(await InvitationModel.countDocuments()).to.equal(50);
    expect(await ContactModel.countDocuments({ rev: 1 })).to.equal(50);
  });

  const crashes: [when: string, lost: () => Promise<unknown>][] = [
    ['after the cap', () => Promise.all([ContactModel.deleteMany({}), InvitationModel.deleteMany({})])],
    ['after the invitation', () => ContactModel.deleteMany({})],
  ];
  for (const [when, lose] of crashes) {
    it(`completes what a process left behind that died ${when}`, async () => {
      const event = contactEvent();
      const [first] = await recordContacts(ctx, [event]);
      const whole = await everything();
      await lose();
      const [again] = await recordContacts(ctx, [event]);
      expect(again).to.deep.equal(first);
      const { contacts, caps } = await everything();
      expect({ contacts, caps }).to.deep.equal({ contacts: whole.contacts, caps: whole.caps });
      expect(await InvitationModel.countDocuments()).to.equal(1);
    });
  }

  it('writes nothing in a dry run, and decides like the run that follows, over batches', async () => {
    const recipient = { email: 'jan@voorbeeld.example' };
    const repeated = contactEvent();
    const batches = [
      [contactEvent({ recipient }), repeated],
      [contactEvent({ recipient }), repeated, { ...repeated, channel: 'counter' }, contactEvent()],
    ];
    const before = await everything();
    const rehearsal = createRehearsal();
    const dry = [];
    for (const batch of batches) dry.push(...(await recordContacts(ctx, batch, { dryRun: rehearsal })));
    expect(await everything()).to.deep.equal(before);
    const real = [];
    for (const batch of batches) real.push(...(await recordContacts(ctx, batch)));
    expect(dry).to.deep.equal(real);
    expect(real.map(({ reason }) => reason)).to.deep.equal([
      undefined,
      undefined,
      'capped',
      undefined,
      'duplicate',
      undefined,
    ]);
  });

  it('gives invitations recorded as of an earlier day their whole term from today', async () => {
    const asOf = new Date('2025-03-25T12:00:00Z');
    await recordContacts(ctx, [contactEvent({ occurredAt: '2025-03-20T12:00:00Z' })], { asOf });
    const [invitation] = (await everything()).invitations;
    expect(invitation?.sendAt.toISOString()).to.equal('2025-03-25T12:00:00.000Z');
    expect(invitation?.expiresAt.toISOString()).to.equal('2026-04-09T09:00:00.000Z');
  });

  it('notes departments, channels and products that nobody listed', async () => {
    await recordContacts(ctx, [
      contactEvent({ department: 'havendienst', channel: 'marifoon', product: 'ligplaats' }),
    ]);
    expect((await listEntries('department')).find(({ key }) => key === 'havendienst')).to.include({
      isNew: true,
    });
    expect((await listEntries('channel')).find(({ key }) => key === 'marifoon')).to.include({ isNew: true });
    expect((await listEntries('product')).find(({ key }) => key === 'ligplaats')).to.include({ isNew: true });
  });

  it('tells the roll-up where contact and invitation count, with the week of the month', async () => {
    await recordContacts(ctx, [contactEvent({ occurredAt: '2026-02-28T14:00:00Z' })]);
    const { contacts, invitations } = await everything();
    expect(contacts[0]).to.include({
      volume: 'customer-journey|burgerzaken|phone|paspoort||2026-02|4',
      dirty: true,
    });
    expect(invitations[0]).to.include({
      volume: 'customer-journey|burgerzaken|phone|paspoort||2026-03|2',
      dirty: true,
    });
  });
});
