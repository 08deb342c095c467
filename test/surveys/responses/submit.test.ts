import { expect } from 'chai';
import { claimDue, InvitationModel, mintToken, recordRetry } from '../../../surveys/invitations/index.ts';
import { Problem } from '../../../surveys/problems.ts';
import {
  deleteAnswers,
  ResponseModel,
  readAnswers,
  submitAnswers,
} from '../../../surveys/responses/index.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { publishCustomerJourney } from '../contacts/contact-events.ts';
import { planInvitations } from '../invitations/planned.ts';
import { invitedToken } from './answering.ts';

describe('answering through the link in a mail', () => {
  useStore();
  const ctx = testContext();
  let token = '';
  beforeEach(async () => {
    ctx.clock.set('2026-03-10T09:00:00Z');
    await publishCustomerJourney(ctx);
    token = await invitedToken(ctx);
  });

  const stored = () => ResponseModel.find().lean();
  const refusal = (answers: object, from = token): Promise<unknown> =>
    submitAnswers(ctx, from, answers).catch((error: unknown) => error);

  it('stores one response, in its cell, marked for the roll-up', async () => {
    expect(await submitAnswers(ctx, token, { overall: 8, result: 'yes' })).to.deep.equal({
      answers: { overall: 8, result: 'yes' },
      replaced: false,
    });
    const [response, ...others] = await stored();
    expect(others).to.deep.equal([]);
    expect(response).to.deep.include({
      survey: 'customer-journey',
      version: 1,
      department: 'burgerzaken',
      channel: 'phone',
      product: 'paspoort',
      mode: 'web',
      month: '2026-03',
      cell: 'customer-journey|1|burgerzaken|phone|paspoort||web|2026-03',
      answers: { overall: 8, result: 'yes' },
      dirty: true,
      rev: 1,
    });
  });

  it('keeps nothing that leads from the response to the invitation', async () => {
    await submitAnswers(ctx, token, { overall: 8 });
    const [response] = await stored();
    const invitation = (await InvitationModel.findOne().lean())!;
    const own = new Set(['customer-journey', 'burgerzaken', 'phone', 'paspoort', '2026-03']);
    const known = Object.values(invitation)
      .flat()
      .map(String)
      .filter((value) => value.length > 5 && !own.has(value));
    expect(known.filter((value) => JSON.stringify(response).includes(value))).to.deep.equal([]);
    expect(response!._id).to.match(/^[0-9a-f]{64}$/);
    expect(Object.values(response!).filter((value) => value instanceof Date)).to.deep.equal([]);
  });

  it('replaces the first answers by the second, and keeps their month', async () => {
    await submitAnswers(ctx, token, { overall: 8, ease: 4 });
    ctx.clock.set('2026-04-01T09:00:00Z');
    expect(await submitAnswers(ctx, token, { overall: 3 })).to.include({ replaced: true });
    const [response] = await stored();
    expect(response).to.deep.include({ answers: { overall: 3 }, month: '2026-03', rev: 2, dirty: true });
  });

  it('stores the same form posted twice at once as one', async () => {
    await Promise.all([1, 2, 3].map(() => submitAnswers(ctx, token, { overall: 8 })));
    expect(await stored()).to.have.length(1);
  });

  it('redacts comments, and keeps markup as mere text', async () => {
    const comment = '  <script>alert(1)</script> bel 06-123\u200b45678\r\n of jan@voorbeeld.nl\u0000 ';
    const { answers } = await submitAnswers(ctx, token, { comment });
    expect(answers.comment).to.equal('<script>alert(1)</script> bel [telefoon]\n of [e-mail]');
    expect((await stored())[0]?.answers).to.deep.equal(answers);
  });

  it('refuses with every fault at once, and stores nothing', async () => {
    const answers = JSON.parse(
      '{"overall": 11, "ease": "<b>", "__proto__": 1, "$where": 1, "nps": 9, "callback": "ja"}',
    );
    const problem = await refusal(answers);
    expect(problem).to.be.instanceOf(Problem).with.property('code', 'invalidAnswers');
    const pointers = (problem as Problem).faults.map(({ pointer }) => pointer);
    expect(pointers).to.include.members(['/overall', '/ease', '/__proto__', '/$where', '/nps', '/callback']);
    expect(await refusal({})).to.have.property('code', 'invalidAnswers');
    expect(await refusal({ comment: '   ' })).to.have.property('code', 'invalidAnswers');
    expect(await stored()).to.deep.equal([]);
    expect(await InvitationModel.countDocuments({ state: 'answered' })).to.equal(0);
  });

  it('refuses links that are not ours, closed, or overtaken by another link of the same invitation', async () => {
    expect(await refusal({ overall: 8 }, mintToken())).to.have.property('code', 'notFound');
    expect(await refusal({ overall: 8 }, 'x')).to.have.property('code', 'notFound');

    await planInvitations(ctx, 1);
    const [first] = await claimDue(ctx, 'worker', { limit: 1, leaseMs: 60_000 });
    await recordRetry(ctx, first!, { delayMs: 0 });
    const [second] = await claimDue(ctx, 'worker', { limit: 1, leaseMs: 60_000 });
    await submitAnswers(ctx, second!.token, { overall: 8 });
    expect(await refusal({ overall: 1 }, first!.token)).to.have.property('code', 'alreadyAnswered');

    ctx.clock.set('2027-03-10T09:00:00Z');
    expect(await refusal({ overall: 8 })).to.have.property('code', 'surveyClosed');
    expect(await stored()).to.have.length(1);
  });

  it('gives the answers back to the holder of the link only', async () => {
    await submitAnswers(ctx, token, { overall: 8 });
    expect(await readAnswers(token)).to.deep.equal({ overall: 8 });
    expect(await readAnswers(mintToken())).to.equal(undefined);
  });

  it('deletes the answers at once, leaves a tombstone for the roll-up, and can be answered again', async () => {
    await submitAnswers(ctx, token, { overall: 8, comment: 'weg ermee' });
    await deleteAnswers(token);
    await deleteAnswers(token);
    expect(await readAnswers(token)).to.equal(undefined);
    const [tombstone] = await stored();
    expect(tombstone).to.deep.include({ answers: {}, derived: {}, deleted: true, dirty: true, rev: 2 });
    expect(await InvitationModel.countDocuments({ state: 'withdrawn' })).to.equal(1);

    await submitAnswers(ctx, token, { overall: 5 });
    expect(await readAnswers(token)).to.deep.equal({ overall: 5 });
    expect((await stored())[0]).to.not.have.property('deleted');
  });
});
