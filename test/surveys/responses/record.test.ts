import { expect } from 'chai';
import mongoose from 'mongoose';
import quickscan from '../../../surveys/catalog/golden-ear-quickscan.json' with { type: 'json' };
import { publishSurvey } from '../../../surveys/definitions/index.ts';
import { listEntries } from '../../../surveys/municipality/index.ts';
import { destroyOldSalts, ResponseModel, recordResponses } from '../../../surveys/responses/index.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { publishCustomerJourney } from '../contacts/contact-events.ts';

let count = 0;

function item(changes: object = {}) {
  count += 1;
  return {
    survey: 'customer-journey',
    department: 'burgerzaken',
    channel: 'counter',
    mode: 'kiosk',
    answerDate: '2026-03-09',
    externalId: `kiosk-${count}`,
    answers: { overall: 8 },
    ...changes,
  };
}

describe('answers gathered elsewhere', () => {
  useStore();
  const ctx = testContext();
  beforeEach(async () => {
    ctx.clock.set('2026-03-10T09:00:00Z');
    await publishCustomerJourney(ctx);
  });

  const stored = () => ResponseModel.find().sort({ _id: 1 }).lean();
  const record = (items: unknown[], options = {}) => recordResponses(ctx, items, options);
  const reasons = async (items: unknown[], options = {}) =>
    (await record(items, options)).map(({ decision, reason }) => reason ?? decision);

  it('are stored with the month only, and no trace of their external id', async () => {
    expect(await record([item({ externalId: 'kiosk-abc', product: 'paspoort' })])).to.deep.equal([
      { externalId: 'kiosk-abc', decision: 'stored' },
    ]);
    const [response] = await stored();
    expect(response).to.deep.include({
      mode: 'kiosk',
      month: '2026-03',
      cell: 'customer-journey|1|burgerzaken|counter|paspoort||kiosk|2026-03',
      rev: 1,
      dirty: true,
    });
    expect(response!._id).to.match(/^[0-9a-f]{64}$/);
    const all = await Promise.all(Object.values(mongoose.models).map((model) => model.find().lean()));
    expect(JSON.stringify(all)).to.not.match(/kiosk-abc|2026-03-09/);
  });

  it('count once, however often they are sent', async () => {
    const items = [item(), item()];
    const first = await record(items);
    const before = await stored();
    expect(await record([...items, { ...items[0], answers: { overall: 1 } }])).to.deep.equal([
      ...first,
      first[0],
    ]);
    expect(await stored()).to.deep.equal(before);
  });

  it('are known by the Idempotency-Key and their place where they have no id of their own', async () => {
    const items = [item({ externalId: undefined }), item({ externalId: undefined })].map(
      ({ externalId: _, ...rest }) => rest,
    );
    expect(await reasons(items)).to.deep.equal(['noIdentity', 'noIdentity']);
    await record(items, { idempotencyKey: 'k1' });
    await record(items, { idempotencyKey: 'k1' });
    expect(await stored()).to.have.length(2);
    await record(items, { idempotencyKey: 'k2' });
    expect(await stored()).to.have.length(4);
  });

  it('with faults are refused one by one, and spoil nothing', async () => {
    const hostile = JSON.parse('{"overall": 8, "__proto__": {"x": 1}}');
    const items = [
      item(),
      null,
      item({ survey: 'nothing' }),
      item({ answers: { overall: 11, leeftijd: 40 } }),
      item({ channel: 'website', answers: { listening: 3 } }),
      item({ answerDate: '2026-03-11' }),
      item({ answers: hostile }),
      item({ answers: { $where: 'sleep(1)' } }),
      item({ $set: {} }),
      item({ department: 'Burgerzaken' }),
      item({ answers: { comment: ' ' } }),
      item({ answers: { overall: 7, comment: ' ' } }),
    ];
    const results = await record(items);
    expect(results.map(({ decision, reason }) => reason ?? decision)).to.deep.equal([
      'stored',
      'invalid',
      'unknownSurvey',
      'invalidAnswers',
      'invalidAnswers',
      'invalid',
      'invalid',
      'invalid',
      'invalid',
      'invalid',
      'invalidAnswers',
      'stored',
    ]);
    expect(results[3]?.errors?.map(({ pointer }) => pointer)).to.have.members([
      '/answers/overall',
      '/answers/leeftijd',
    ]);
    expect(results[4]?.errors).to.deep.include.members([
      { pointer: '/answers/listening', code: 'notAsked', detail: 'this question is not asked here' },
    ]);
    expect(await stored()).to.have.length(2);
  });

  it('can be sent until the end of the next month; then the salt is destroyed and nothing is counted twice', async () => {
    const sent = item();
    await record([sent]);
    ctx.clock.set('2026-04-30T09:00:00Z');
    expect(await destroyOldSalts('2026-04')).to.equal(0);
    expect(await reasons([sent])).to.deep.equal(['stored']);

    ctx.clock.set('2026-05-01T09:00:00Z');
    expect(await reasons([sent, item()])).to.deep.equal(['importClosed', 'importClosed']);
    expect(await destroyOldSalts('2026-05')).to.equal(1);
    expect(await destroyOldSalts('2026-05')).to.equal(0);
    expect(await reasons([sent])).to.deep.equal(['importClosed']);
    expect(await stored()).to.have.length(1);
  });

  it('are only judged in a dry run', async () => {
    expect(await reasons([item(), item({ survey: 'nothing' })], { dryRun: true })).to.deep.equal([
      'stored',
      'unknownSurvey',
    ]);
    expect(await stored()).to.have.length(0);
  });

  it('carry their derived scores', async () => {
    await publishSurvey(ctx, quickscan);
    await record([
      item({ survey: 'golden-ear-quickscan', mode: 'paper', answers: { q1: 3, q2: 2, q3: 1, q5: 3 } }),
    ]);
    expect((await stored())[0]?.derived).to.deep.equal({ sturing: 24 });
  });

  it('make their department, channel and product known', async () => {
    await record([item({ department: 'fietsdepot', product: 'fiets-ophalen' })]);
    expect((await listEntries('department')).map(({ key }) => key)).to.include('fietsdepot');
    expect((await listEntries('product')).map(({ key }) => key)).to.include('fiets-ophalen');
  });
});
