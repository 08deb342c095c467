import { expect } from 'chai';
import { claimDue, recordSent } from '../../surveys/invitations/index.ts';
import { InvitationModel } from '../../surveys/invitations/model.ts';
import { refusedAmong } from '../../surveys/recipients/index.ts';
import { submitAnswers } from '../../surveys/responses/index.ts';
import { invite, residents } from '../jobs/deliver/invite.ts';
import { type ApiUnderTest, startApi } from '../support/api.ts';
import { testContext } from '../support/context.ts';
import { useStore } from '../support/store.ts';

describe('POST /v1/bounces', () => {
  useStore();
  const ctx = testContext();
  let api: ApiUnderTest;

  beforeEach(async () => {
    ctx.clock.set('2026-03-10T09:00:00Z');
    api = await startApi(ctx);
  });
  afterEach(() => api.close());

  async function sent(count: number) {
    await invite(ctx, residents(count));
    const claims = await claimDue(ctx, 'worker', { limit: count, leaseMs: 60_000 });
    for (const claim of claims) await recordSent(claim);
    return claims.map((claim) => ({ ...claim, messageId: `<${claim.messageId}@gemeente.example>` }));
  }
  const states = async () =>
    (await InvitationModel.find().sort({ state: 1 }).lean()).map(({ state }) => state);

  it('ends the invitation and blocks the address where the mail came back for good, and only there', async () => {
    const [gone, late] = await sent(3);
    const body = [
      { messageId: gone!.messageId, action: 'failed', status: '5.1.1' },
      { messageId: late!.messageId, action: 'delayed', status: '4.4.1' },
    ];
    const answer = await api.call('POST', '/v1/bounces', { body });
    expect(answer).to.deep.include({ status: 202, body: { received: 2 } });
    expect(await states()).to.deep.equal(['bounced', 'sent', 'sent']);
    const refused = await refusedAmong([gone!.addressHash, late!.addressHash]);
    expect([...refused.bounced]).to.deep.equal([gone!.addressHash]);
    expect(await api.call('POST', '/v1/bounces', { body })).to.include({ status: 202 });
    expect(await states()).to.deep.equal(['bounced', 'sent', 'sent']);
  });

  it('answers the same whether the mail is known, unknown, or was answered', async () => {
    const [open, answered] = await sent(2);
    await submitAnswers(ctx, answered!.token, { overall: 8 });
    for (const messageId of [open!.messageId, answered!.messageId, '<nobody@gemeente.example>']) {
      const body = { messageId, action: 'failed', status: '5.1.1' };
      expect(await api.call('POST', '/v1/bounces', { body })).to.deep.include({
        status: 202,
        body: { received: 1 },
      });
    }
    expect(await states()).to.deep.equal(['answered', 'bounced']);
  });

  it('names all faults and records nothing when an item is wrong', async () => {
    const [one] = await sent(1);
    const body = [
      { messageId: one!.messageId, action: 'failed', status: '5.1.1' },
      { messageId: 'x', action: 'gone', status: '9' },
    ];
    const { status, body: problem } = await api.call('POST', '/v1/bounces', { body });
    expect(status).to.equal(400);
    const { errors } = problem as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).to.have.members(['/1/messageId', '/1/action', '/1/status']);
    expect(await states()).to.deep.equal(['sent']);
  });

  it('needs a scope of its own', async () => {
    const body = { messageId: '<a@b.example>', action: 'failed', status: '5.1.1' };
    const token = await api.tokenWith('contacts:write', 'sending:write');
    expect(await api.call('POST', '/v1/bounces', { body, token })).to.include({ status: 403 });
    expect(await api.call('POST', '/v1/bounces', { body, token: null })).to.include({ status: 401 });
    expect(
      await api.call('POST', '/v1/bounces', { body, token: await api.tokenWith('bounces:write') }),
    ).to.include({
      status: 202,
    });
  });
});

describe('GET /v1/retention', () => {
  useStore();

  it('tells how long data is kept', async () => {
    const api = await startApi();
    const { status, body } = await api.call('GET', '/v1/retention');
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      responseMonths: 24,
      invitationMonths: 3,
      contactMonths: 13,
      outboxDays: 30,
    });
    await api.close();
  });
});
