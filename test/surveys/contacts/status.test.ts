import { expect } from 'chai';
import { contactStatus, eraseContact, recordContacts } from '../../../surveys/contacts/index.ts';
import { ContactModel } from '../../../surveys/contacts/model.ts';
import { claimDue, closeByToken, recordSent } from '../../../surveys/invitations/index.ts';
import { InvitationModel } from '../../../surveys/invitations/model.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { contactEvent, publishCustomerJourney } from './contact-events.ts';

describe('a recorded contact', () => {
  useStore();
  const ctx = testContext();
  beforeEach(async () => {
    ctx.clock.set('2026-03-10T09:00:00Z');
    await publishCustomerJourney(ctx);
  });

  const recipient = { email: 'jan@voorbeeld.example' };

  /** Records a contact whose invitation is due now. */
  async function recorded() {
    const event = contactEvent({ occurredAt: '2026-03-02T14:00:00Z', recipient });
    await recordContacts(ctx, [event]);
    return event;
  }

  async function send() {
    const [claim] = await claimDue(ctx, 'worker', { limit: 1, leaseMs: 60_000 });
    await recordSent(claim!);
    return claim!;
  }

  it('tells its decision and whether a mail went', async () => {
    const { source, id } = await recorded();
    const planned = {
      source,
      id,
      decision: 'invited',
      sendAt: new Date('2026-03-10T09:00:00Z'),
      sent: false,
    };
    expect(await contactStatus(ctx, source, id)).to.deep.equal(planned);
    await send();
    expect(await contactStatus(ctx, source, id)).to.deep.equal({ ...planned, sent: true });
  });

  it('never tells whether it was answered', async () => {
    const { source, id } = await recorded();
    const { token } = await send();
    const before = await contactStatus(ctx, source, id);
    await closeByToken(ctx, token);
    expect(await contactStatus(ctx, source, id)).to.deep.equal(before);
  });

  it('is unknown under another source', async () => {
    const { id } = await recorded();
    expect(await contactStatus(ctx, 'website', id)).to.equal(undefined);
    expect(await eraseContact(ctx, 'website', id)).to.equal(false);
  });

  it('when erased before the mail: gets none, frees the address, and has no effect when sent again', async () => {
    const event = await recorded();
    expect(await eraseContact(ctx, event.source, event.id)).to.equal(true);
    expect(await contactStatus(ctx, event.source, event.id)).to.equal(undefined);
    expect(await claimDue(ctx, 'worker', { limit: 1, leaseMs: 60_000 })).to.deep.equal([]);
    const [again] = await recordContacts(ctx, [event]);
    expect(again).to.include({ decision: 'skipped', reason: 'erased' });
    const [other] = await recordContacts(ctx, [contactEvent({ recipient })]);
    expect(other).to.include({ decision: 'invited' });
    expect(await eraseContact(ctx, event.source, event.id)).to.equal(true);
  });

  it('when erased after the mail: keeps no address, and its mail can still be answered', async () => {
    const event = await recorded();
    const { token } = await send();
    await eraseContact(ctx, event.source, event.id);
    const invitation = await InvitationModel.findOne().lean();
    expect(invitation).not.to.have.any.keys('address', 'addressHash');
    expect(await ContactModel.findOne().lean()).not.to.have.any.keys('sendAt', 'digest');
    expect(await closeByToken(ctx, token)).to.include({ answered: 'here' });
    const [other] = await recordContacts(ctx, [contactEvent({ recipient })]);
    expect(other).to.include({ reason: 'capped' });
  });

  it('when erased while its mail is on the way: is not tried again', async () => {
    const event = await recorded();
    await claimDue(ctx, 'worker', { limit: 1, leaseMs: 60_000 });
    await eraseContact(ctx, event.source, event.id);
    ctx.clock.advance(60_001);
    expect(await claimDue(ctx, 'worker', { limit: 1, leaseMs: 60_000 })).to.deep.equal([]);
    expect(await InvitationModel.findOne().lean()).to.include({ state: 'cancelled' });
  });
});
