import { expect } from 'chai';
import { eraseContact } from '../../../surveys/contacts/index.ts';
import { claimDue, InvitationModel, recordSent } from '../../../surveys/invitations/index.ts';
import { refusedAmong } from '../../../surveys/recipients/index.ts';
import { invite, residents } from '../../jobs/deliver/invite.ts';
import { type ApiUnderTest, startApi } from '../../support/api.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';

describe('delivery receipts of NotifyNL', () => {
  useStore();
  let api: ApiUnderTest;
  const ctx = testContext();
  before(async () => {
    api = await startApi(ctx);
  });
  after(() => api.close());

  /** As published in misc/callbacks.md of Worth-NL/notifynl. */
  const receipt = (reference: string | null, status: string) => ({
    id: '740e5834-3a29-46b4-9a6f-16142fde533a',
    reference,
    to: 'bewoner@voorbeeld.example',
    status,
    created_at: '2026-03-10T09:00:00.000000Z',
    completed_at: '2026-03-10T09:00:01.000000Z',
    sent_at: '2026-03-10T09:00:01.000000Z',
    notification_type: 'email',
    template_id: 'f33517ff-2a88-4f6e-b855-c550268ce08a',
    template_version: 1,
  });
  const tell = (body: object, options = {}) => api.call('POST', '/v1/notify-receipts', { body, ...options });

  it('end the invitation on failure, and only a permanent one counts against the address', async () => {
    await invite(ctx, residents(4));
    const claims = await claimDue(ctx, 'worker', { limit: 4, leaseMs: 60_000 });
    for (const claim of claims) await recordSent(claim);
    const statuses = ['delivered', 'permanent-failure', 'temporary-failure', 'technical-failure'];
    for (const [index, status] of statuses.entries()) {
      for (let time = 0; time < 2; time++) {
        expect((await tell(receipt(claims[index]!.messageId, status))).status).to.equal(204);
      }
    }
    const states = await Promise.all(claims.map(({ id }) => InvitationModel.findById(id).lean()));
    expect(states.map((one) => one?.state)).to.deep.equal(['sent', 'bounced', 'bounced', 'bounced']);
    const { bounced } = await refusedAmong(claims.map(({ addressHash }) => addressHash));
    expect([...bounced]).to.deep.equal([claims[1]!.addressHash]);
  });

  it('come in any order and for who was erased meanwhile, without effect on what they are not about', async () => {
    await invite(ctx, residents(2));
    const [early, gone] = await claimDue(ctx, 'worker', { limit: 2, leaseMs: 60_000 });
    // NotifyNL can be faster than our record of its answer.
    expect((await tell(receipt(early!.messageId, 'delivered'))).status).to.equal(204);
    expect(await recordSent(early!)).to.equal(true);
    await tell(receipt(early!.messageId, 'permanent-failure'));
    await tell(receipt(early!.messageId, 'delivered'));
    expect(await InvitationModel.findById(early!.id).lean()).to.include({ state: 'bounced' });

    await recordSent(gone!);
    await eraseContact(ctx, 'balie', `contact of ${gone!.address}`);
    const erased = await InvitationModel.findById(gone!.id).lean();
    expect((await tell(receipt(gone!.messageId, 'permanent-failure'))).status).to.equal(204);
    expect(await InvitationModel.findById(gone!.id).lean()).to.deep.equal(erased);
    expect((await refusedAmong([gone!.addressHash])).bounced.size).to.equal(0);
  });

  it('know the statuses of letters, and take a letter that came back as a wrong address', async () => {
    await invite(ctx, residents(3));
    const claims = await claimDue(ctx, 'worker', { limit: 3, leaseMs: 60_000 });
    for (const claim of claims) await recordSent(claim);
    const [accepted, unfit, returned] = claims.map(({ messageId }) => messageId);
    await tell({ ...receipt(accepted!, 'accepted'), notification_type: 'letter' });
    await tell({ ...receipt(unfit!, 'validation-failed'), notification_type: 'letter' });
    // As app/celery/service_callback_tasks.py of Worth-NL/notifynl-api makes it, without what names the template.
    const back = { notification_id: receipt(null, '').id, date_sent: '2026-03-10T09:00:00.000000Z' };
    const tellReturned = (body: object, options = {}) =>
      api.call('POST', '/v1/notify-returned-letters', { body, ...options });
    for (const reference of [returned, returned, null])
      expect((await tellReturned({ ...back, reference })).status).to.equal(204);
    expect((await tellReturned(receipt(returned!, 'delivered'))).status).to.equal(400);
    expect((await tellReturned({ ...back, reference: null }, { token: null })).status).to.equal(401);
    const states = await Promise.all(claims.map(({ id }) => InvitationModel.findById(id).lean()));
    expect(states.map((one) => one?.state)).to.deep.equal(['sent', 'bounced', 'bounced']);
    const { bounced } = await refusedAmong(claims.map(({ addressHash }) => addressHash));
    expect([...bounced]).to.deep.equal([claims[2]!.addressHash]);
  });

  it('tell nothing of mails that are not ours, and come only from who has a key', async () => {
    expect((await tell(receipt('0'.repeat(32), 'permanent-failure'))).status).to.equal(204);
    expect((await tell(receipt(null, 'permanent-failure'))).status).to.equal(204);
    expect((await tell({ reference: 'x', status: 'lost' })).status).to.equal(400);
    expect((await tell(receipt(null, 'delivered'), { token: null })).status).to.equal(401);
  });
});
