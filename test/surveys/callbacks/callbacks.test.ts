import { expect } from 'chai';
import {
  callbackFloor,
  callbacksKept,
  eraseOldWishes,
  eraseWishesOf,
  handleWish,
  openWishes,
  promisedTo,
  recordWish,
  withdrawWish,
} from '../../../surveys/callbacks/index.ts';
import { CallbackCountModel, CallbackWishModel } from '../../../surveys/callbacks/model.ts';
import { endWish } from '../../../surveys/callbacks/wishes.ts';
import { mintToken, tokenKeys } from '../../../surveys/invitations/index.ts';
import { NoticeModel } from '../../../surveys/notices/model.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';

const number = '+31612345678';
const policy = { workingDays: 2, urgentUpTo: 3 };

describe('call-back wishes', () => {
  useStore();
  const ctx = testContext();
  beforeEach(() => ctx.clock.set('2026-03-06T15:00:00Z'));

  async function wish(department = 'burgerzaken', grade?: number): Promise<string> {
    const token = mintToken();
    await recordWish(ctx, token, { department, number, grade }, policy);
    return token;
  }

  it('is due by the promise, in working days', async () => {
    expect(await promisedTo(await wish())).to.deep.equal({ dueOn: '2026-03-10' });
    ctx.clock.set('2026-04-02T10:00:00Z');
    expect((await promisedTo(await wish()))?.dueOn, 'over Easter Monday').to.equal('2026-04-07');
  });

  it('is stored under an id of its own, with a number that can not be read in the store', async () => {
    const token = await wish();
    const [stored] = await CallbackWishModel.find().lean();
    expect(stored?._id).to.equal(tokenKeys(token).callback).and.not.equal(tokenKeys(token).response);
    expect(Object.keys(stored!)).to.have.members(['_id', 'department', 'number', 'urgent', 'dueOn']);
    expect(JSON.stringify(stored)).not.to.include('612345678');
  });

  it('shows up overdue the day after the promise, urgent ones first', async () => {
    await wish();
    ctx.clock.set('2026-03-10T22:30:00Z');
    await wish('burgerzaken', 2);
    const open = await openWishes(ctx, ['burgerzaken']);
    expect(open.map(({ urgent, overdue }) => ({ urgent, overdue }))).to.deep.equal([
      { urgent: true, overdue: false },
      { urgent: false, overdue: false },
    ]);
    ctx.clock.set('2026-03-10T23:30:00Z');
    expect((await openWishes(ctx)).map(({ overdue }) => overdue)).to.deep.equal([false, true]);
    expect(await openWishes(ctx, ['vergunningen'])).to.deep.equal([]);
  });

  it('leaves no number and no trace of the person once handled, only a count', async () => {
    await wish();
    const [open] = await openWishes(ctx);
    expect(await handleWish(ctx, open!.id, ['vergunningen']), 'another department').to.equal(false);
    expect(await handleWish(ctx, open!.id, ['burgerzaken'])).to.equal(true);
    expect(await handleWish(ctx, open!.id, ['burgerzaken']), 'again').to.equal(false);
    expect(await CallbackWishModel.find().lean()).to.deep.equal([]);
    expect(await CallbackCountModel.find().lean()).to.deep.equal([
      { _id: 'burgerzaken|2026-03', department: 'burgerzaken', month: '2026-03', inTime: 1, late: 0, rev: 1 },
    ]);
  });

  it('has no number any more from the write on that says it was handled', async () => {
    await wish();
    const [open] = await openWishes(ctx);
    expect(await endWish(ctx, open!.id)).to.equal(true);
    const [left] = await CallbackWishModel.find().lean();
    expect(left).to.include({ inTime: true }).and.not.have.property('number');
  });

  it('completes a count that somebody died in the middle of', async () => {
    await wish();
    await wish();
    const [first, second] = await openWishes(ctx);
    const cell = 'burgerzaken|2026-03';
    await CallbackWishModel.updateOne({ _id: first!.id }, { $set: { inTime: true }, $unset: { number: 1 } });
    await CallbackCountModel.insertOne({
      _id: cell,
      department: 'burgerzaken',
      month: '2026-03',
      inTime: 1,
      late: 0,
      rev: 1,
      last: first!.id,
    });
    await handleWish(ctx, second!.id);
    const count = await CallbackCountModel.findById(cell).lean();
    expect(count).to.include({ inTime: 2, late: 0 }).and.not.have.property('last');
    expect(await CallbackWishModel.find().lean()).to.deep.equal([]);
  });

  it('is counted once by many that count at once', async () => {
    for (let n = 0; n < 12; n += 1) await wish();
    const open = await openWishes(ctx);
    await Promise.all(open.flatMap(({ id }) => [handleWish(ctx, id), handleWish(ctx, id)]));
    const [count] = await CallbackCountModel.find().lean();
    expect(count?.inTime).to.equal(12);
    expect(count?.last).to.equal(undefined);
  });

  it('can be changed and taken back by the holder of the link', async () => {
    const token = await wish();
    ctx.clock.set('2026-03-09T09:00:00Z');
    await recordWish(ctx, token, { department: 'burgerzaken', number: '+31201234567' }, policy);
    const [open] = await openWishes(ctx);
    expect(open).to.include({ number: '+31201234567', dueOn: '2026-03-10' });
    await withdrawWish(ctx, token);
    expect(await openWishes(ctx)).to.deep.equal([]);
    expect(await CallbackCountModel.find().lean()).to.deep.equal([]);
  });

  it('goes when the owner of the number asks for erasure', async () => {
    await wish();
    await eraseWishesOf(ctx, '+31201234567');
    expect(await openWishes(ctx)).to.have.length(1);
    await eraseWishesOf(ctx, number);
    expect(await CallbackWishModel.countDocuments()).to.equal(0);
  });

  it('alerts about a low grade, once', async () => {
    await wish('burgerzaken', 4);
    expect(await NoticeModel.find().lean()).to.deep.equal([]);
    const token = await wish('burgerzaken', 3);
    await recordWish(ctx, token, { department: 'burgerzaken', number, grade: 2 }, policy);
    const notices = await NoticeModel.find().lean();
    expect(notices.map(({ kind, about }) => ({ kind, about }))).to.deep.equal([
      { kind: 'callbackAlert', about: 'burgerzaken' },
    ]);
  });

  it('erases numbers that nobody called after three months, and counts them as late', async () => {
    await wish();
    ctx.clock.set('2026-06-10T09:00:00Z');
    expect(await eraseOldWishes(ctx)).to.equal(0);
    ctx.clock.set('2026-06-11T09:00:00Z');
    expect(await eraseOldWishes(ctx)).to.equal(1);
    expect((await CallbackCountModel.find().lean())[0]).to.include({ inTime: 0, late: 1 });
  });
});

describe('the share of call-back promises kept', () => {
  useStore();
  const ctx = testContext();

  it('is told per department and quarter that is over, from ten promises on', async () => {
    ctx.clock.set('2026-02-03T09:00:00Z');
    for (const department of ['burgerzaken', 'vergunningen']) {
      for (let n = 0; n < callbackFloor - 1; n += 1) {
        await recordWish(ctx, mintToken(), { department, number }, policy);
      }
    }
    const handled = (await openWishes(ctx, ['burgerzaken'])).slice(0, 6);
    for (const { id } of handled) await handleWish(ctx, id);
    ctx.clock.set('2026-02-05T09:00:00Z');
    await recordWish(ctx, mintToken(), { department: 'burgerzaken', number }, policy);
    expect(await callbacksKept(ctx), 'before the quarter is over').to.deep.equal([]);
    ctx.clock.set('2026-04-01T09:00:00Z');
    expect(await callbacksKept(ctx)).to.deep.equal([
      { department: 'burgerzaken', quarter: '2026-Q1', kept: { due: 10, share: 0.6 } },
      { department: 'vergunningen', quarter: '2026-Q1' },
    ]);
    for (const { id } of await openWishes(ctx)) await handleWish(ctx, id);
    expect((await callbacksKept(ctx))[0]?.kept, 'what is done later is late').to.deep.equal({
      due: 10,
      share: 0.6,
    });
  });
});
