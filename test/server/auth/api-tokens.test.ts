import { expect } from 'chai';
import mongoose from 'mongoose';
import { createToken, listTokens, revokeToken, useToken } from '../../../server/auth/api-tokens.ts';
import { isTokenText, tokenPattern } from '../../../server/auth/token-text.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';

describe('An API key', () => {
  useStore();
  const ctx = testContext();
  beforeEach(() => ctx.clock.set('2026-03-10T09:00:00Z'));
  const request = { name: 'kcc', scopes: ['contacts:write'] };

  it('is text that a secret scanner finds, with a checksum that tells it from chance', async () => {
    const text = await createToken(ctx, request);
    expect(tokenPattern.exec(`token="${text}";`)?.[0]).to.equal(text);
    expect(isTokenText(text)).to.equal(true);
    const last = text.at(-1) === '0' ? '1' : '0';
    for (const other of [
      `${text.slice(0, -1)}${last}`,
      text.slice(0, -1),
      `${text}0`,
      text.toUpperCase(),
      '',
      'x'.repeat(59),
    ])
      expect(isTokenText(other), other).to.equal(false);
  });

  it('is kept as a hash only', async () => {
    const text = await createToken(ctx, request);
    const kept = JSON.stringify(await mongoose.connection.db?.collection('apiTokens').find().toArray());
    expect(kept).to.include('kcc').and.not.include(text).and.not.include(text.slice(10, 30));
  });

  it('tells the day on which it was last used, not the moment', async () => {
    const text = await createToken(ctx, request);
    expect((await listTokens())[0]).not.to.have.property('lastUsed');
    await useToken(ctx, text);
    ctx.clock.set('2026-03-11T23:30:00Z');
    await useToken(ctx, text);
    expect((await listTokens())[0]?.lastUsed).to.equal('2026-03-12');
  });

  it('works up to and including its last day in the Netherlands', async () => {
    const text = await createToken(ctx, { ...request, endsOn: '2026-03-31' });
    ctx.clock.set('2026-03-31T21:59:00Z');
    expect(await useToken(ctx, text)).to.deep.include({ name: 'kcc' });
    ctx.clock.set('2026-03-31T22:01:00Z');
    expect(await useToken(ctx, text)).to.equal(undefined);
  });

  it('ends at once when it is revoked, and others of its name live on', async () => {
    const [one, other] = [await createToken(ctx, request), await createToken(ctx, request)];
    const known = await useToken(ctx, one);
    expect(await revokeToken(known!._id)).to.equal(known!.name);
    expect(await useToken(ctx, one)).to.equal(undefined);
    expect(await useToken(ctx, other)).to.deep.include({ name: 'kcc' });
  });

  it('is refused with a name that is empty, too long or over two lines, an unknown scope, or an impossible day', async () => {
    for (const [pointer, bad] of [
      ['/name', { ...request, name: '' }],
      ['/name', { ...request, name: 'x'.repeat(101) }],
      ['/name', { ...request, name: 'kcc\r\nSet-Cookie: a=b' }],
      ['/scopes', { ...request, scopes: [] }],
      ['/scopes/0', { ...request, scopes: ['people:write'] }],
      ['/scopes/0', { ...request, scopes: [{ $ne: null }] }],
      ['/departments/0', { ...request, departments: ['../x'] }],
      ['/endsOn', { ...request, endsOn: '2026-02-30' }],
      ['/__proto__', JSON.parse('{"name":"kcc","scopes":["contacts:write"],"__proto__":{}}')],
    ] as [string, unknown][]) {
      const error = await createToken(ctx, bad).catch((thrown: { faults: { pointer: string }[] }) => thrown);
      expect(error, JSON.stringify(bad)).to.have.nested.property('faults[0].pointer', pointer);
    }
    expect(await listTokens()).to.deep.equal([]);
  });
});
