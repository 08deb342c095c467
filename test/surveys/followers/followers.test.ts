import { expect } from 'chai';
import {
  askToFollow,
  confirmFollower,
  eraseOldFollowers,
  FollowerModel,
  followersOf,
  followerToken,
  followerToMail,
  openFollowerToken,
  stopFollowing,
} from '../../../surveys/followers/index.ts';
import { hasNews, tellFollowers } from '../../../surveys/followers/tell-followers.ts';
import { optOutByHash } from '../../../surveys/invitations/index.ts';
import { NoticeModel } from '../../../surveys/notices/model.ts';
import { addressHash } from '../../../surveys/recipients/index.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { tellOfEvenings } from '../actions/told.ts';

const product = 'paspoort';

describe('followers', () => {
  useStore();
  const ctx = testContext();
  beforeEach(() => ctx.clock.set('2026-03-10T09:00:00Z'));

  const ask = (email = 'Eva@Voorbeeld.example') => askToFollow(ctx, { email, product, language: 'nl' });

  async function only(): Promise<string> {
    const [one] = await FollowerModel.find().lean();
    return one!._id;
  }

  it('get nothing but one question until they confirm', async () => {
    expect(await ask()).to.equal(true);
    expect(await ask(), 'again, the same day').to.equal(true);
    expect(await followersOf(product)).to.deep.equal([]);
    await tellOfEvenings(ctx, product);
    await tellFollowers(ctx);
    expect((await NoticeModel.find().lean()).map(({ kind }) => kind)).to.deep.equal(['followConfirm']);
  });

  it('hear once of what is published after they confirmed, and no more after they stopped', async () => {
    await ask();
    const id = await only();
    await confirmFollower(ctx, id);
    await tellOfEvenings(ctx, product);
    expect(await hasNews()).to.equal(true);
    await Promise.all([tellFollowers(ctx), tellFollowers(ctx)]);
    expect(await hasNews()).to.equal(false);
    expect(await NoticeModel.countDocuments({ kind: 'followNews' })).to.equal(1);
    await stopFollowing(id);
    expect(await FollowerModel.countDocuments()).to.equal(0);
    expect(await confirmFollower(ctx, id), 'by the old link').to.equal(undefined);
  });

  it('are stored without a readable address, and without anything of an answer', async () => {
    await ask();
    const stored = (await FollowerModel.findOne().lean())!;
    expect(Object.keys(stored)).to.have.members([
      '_id',
      'addressHash',
      'product',
      'address',
      'language',
      'confirmed',
      'month',
      'confirmBy',
    ]);
    expect(JSON.stringify(stored).toLowerCase()).not.to.include('voorbeeld');
  });

  it('have links that do one thing each, and can not be made without the key', () => {
    const id = 'ab'.repeat(32);
    const token = followerToken(ctx.keys, 'confirm', id);
    expect(openFollowerToken(ctx.keys, 'confirm', token)).to.equal(id);
    expect(openFollowerToken(ctx.keys, 'stop', token)).to.equal(undefined);
    expect(openFollowerToken(ctx.keys, 'confirm', `${token.slice(0, -1)}A`)).to.equal(undefined);
    expect(openFollowerToken(ctx.keys, 'confirm', id)).to.equal(undefined);
  });

  it('are not asked when they opted out of all mail', async () => {
    await optOutByHash(addressHash(ctx.keys, 'email', 'eva@voorbeeld.example'));
    expect(await ask()).to.equal(true);
    expect(await FollowerModel.countDocuments()).to.equal(0);
    expect(await NoticeModel.countDocuments()).to.equal(0);
    expect(await ask('geen adres')).to.equal(false);
  });

  it('get no question any more when a week went by before it could be sent', async () => {
    await ask();
    const id = await only();
    expect(await followerToMail(ctx, id)).to.include({ mailTo: 'Eva@voorbeeld.example' });
    ctx.clock.set('2026-03-18T09:00:00Z');
    expect(await followerToMail(ctx, id)).to.equal(undefined);
  });

  it('are erased a week after nobody confirmed, and a year after the last news', async () => {
    await ask();
    ctx.clock.set('2026-03-17T09:00:00Z');
    expect(await eraseOldFollowers(ctx)).to.equal(0);
    ctx.clock.set('2026-03-18T09:00:00Z');
    expect(await eraseOldFollowers(ctx)).to.equal(1);
    await ask();
    await confirmFollower(ctx, await only());
    ctx.clock.set('2027-03-31T09:00:00Z');
    expect(await eraseOldFollowers(ctx)).to.equal(0);
    ctx.clock.set('2027-04-01T09:00:00Z');
    expect(await eraseOldFollowers(ctx)).to.equal(1);
  });
});
