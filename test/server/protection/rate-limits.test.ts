import { expect } from 'chai';
import { createToken } from '../../../server/auth/api-tokens.ts';
import { networkHash } from '../../../server/protection/network.ts';
import { type ApiUnderTest, startApi } from '../../support/api.ts';
import { testContext } from '../../support/context.ts';
import { invite, usePages } from '../../support/pages.ts';
import { type RedisServer, redisMissing, startRedis } from '../../support/redis.ts';
import { useStore } from '../../support/store.ts';

/** Each test comes from an address of its own, as the proxy tells it. */
const from = (ip: string) => ({ 'x-forwarded-for': ip });

/** A link that has the form of one of ours. */
const guess = (n: number) => `/s/${String(n).padStart(32, 'g')}`;

describe('Limits on how often anybody may ask', () => {
  const pages = usePages({
    TRUST_PROXY: '1',
    RATE_LIMITS: 'visitor=20,key=5,link=8,guess=5,signIn=3',
  });

  it('slow down who tries links, with a page that says when to come back', async () => {
    const office = from('203.0.113.1');
    for (let n = 0; n < 5; n += 1)
      expect((await pages.request(guess(n), { headers: office })).status).to.equal(404);
    const refused = await pages.request(guess(6), { headers: office });
    expect(refused.status).to.equal(429);
    expect(refused.text).to.include('<h1').and.include('Het is even te druk');
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 300);
    expect(refused.headers.get('ratelimit')).to.match(/^"guess"; r=0; t=\d+/);
  });

  it('never lock out who holds a good link, whatever others behind the same address try', async () => {
    const office = from('203.0.113.2');
    for (let n = 0; n < 30; n += 1) await pages.request(guess(n), { headers: office });
    expect((await pages.request(guess(99), { headers: office })).status).to.equal(429);
    const links = await invite(pages.ctx);
    expect((await pages.request(links.survey, { headers: office })).status).to.equal(200);
    expect((await pages.post(links.survey, { overall: '7' }, office)).status).to.equal(303);
    expect((await pages.post(links.optOut, {}, office)).status).to.equal(200);
  });

  it('count each link by itself', async () => {
    const [one, other] = [await invite(pages.ctx), await invite(pages.ctx)];
    for (let n = 0; n < 8; n += 1) await pages.request(one.survey);
    expect((await pages.request(one.survey)).status).to.equal(429);
    expect((await pages.request(other.survey)).status).to.equal(200);
  });

  it('count a network, so that its many IPv6 addresses are one', async () => {
    for (let n = 0; n < 5; n += 1) await pages.request(guess(n), { headers: from(`2001:db8:0:7::${n + 1}`) });
    const refused = await pages.request(guess(6), { headers: from('2001:db8:0:7:ffff::1') });
    expect(refused.status).to.equal(429);
    expect((await pages.request(guess(7), { headers: from('2001:db8:0:8::1') })).status).to.equal(404);
  });

  it('tell programs in their own words', async () => {
    const client = from('203.0.113.3');
    const ask = (authorization: string) =>
      fetch(`${pages.url}/v1/sending`, { headers: { ...client, authorization } });
    const key = await createToken(pages.ctx, { name: 'zaaksysteem', scopes: ['sending:write'] });
    for (let n = 0; n < 5; n += 1) expect((await ask(`Bearer guess-${n}`)).status).to.equal(401);
    const refused = await ask('Bearer guess-6');
    expect(refused.status).to.equal(429);
    expect(refused.headers.get('content-type')).to.match(/^application\/problem\+json/);
    expect(await refused.json()).to.include({ code: 'tooManyRequests', status: 429 });

    for (let n = 0; n < 5; n += 1) expect((await ask(`Bearer ${key}`)).status).to.equal(200);
    const tooOften = await ask(`Bearer ${key}`);
    expect(tooOften.status).to.equal(429);
    expect(Number(tooOften.headers.get('retry-after'))).to.be.within(1, 60);
    const second = await createToken(pages.ctx, { name: 'zaaksysteem', scopes: ['sending:write'] });
    expect((await ask(`Bearer ${second}`)).status).to.equal(200);
  });

  it('hold for what needs no link or key, by address', async () => {
    const open = (ip: string) => pages.request('/genuine', { headers: from(ip) });
    for (let n = 0; n < 20; n += 1) expect((await open('203.0.113.4')).status).to.equal(200);
    expect((await open('203.0.113.4')).status).to.equal(429);
    expect((await open('203.0.113.5')).status).to.equal(200);
    // Who watches over the service is not in the way of anybody.
    expect((await fetch(`${pages.url}/health/live`, { headers: from('203.0.113.4') })).status).to.equal(200);
  });

  it('believe an address in a header only from the proxies that were named', async () => {
    // The proxy adds the address it saw at the end; what stands before it may be anything.
    const forged = (n: number) => from(`198.51.100.${n}, 203.0.113.6`);
    for (let n = 0; n < 5; n += 1) await pages.request(guess(n), { headers: forged(n) });
    expect((await pages.request(guess(6), { headers: forged(6) })).status).to.equal(429);
  });
});

describe('A proxy that nobody named', () => {
  const pages = usePages({ RATE_LIMITS: 'guess=5' });
  const warnings: string[] = [];
  before(() => {
    pages.ctx.log.warn = ((text: string) => void warnings.push(text)) as typeof pages.ctx.log.warn;
  });

  it('makes all its visitors one, which the log says once; good links still work', async () => {
    for (let n = 0; n < 6; n += 1) await pages.request(guess(n), { headers: from(`203.0.113.${n}`) });
    const refused = await pages.request(guess(7), { headers: from('203.0.113.99') });
    expect(refused.status).to.equal(429);
    const links = await invite(pages.ctx);
    expect((await pages.request(links.survey, { headers: from('203.0.113.99') })).status).to.equal(200);
    expect(warnings.filter((text) => text.includes('TRUST_PROXY'))).to.have.length(1);
  });
});

describe('A network address that is counted', () => {
  const { keys } = testContext();

  it('is kept as a keyed hash', () => {
    expect(networkHash(keys, '203.0.113.9')).to.match(/^[0-9a-f]{32}$/);
    expect(networkHash(keys, '::ffff:203.0.113.9')).to.equal(networkHash(keys, '203.0.113.9'));
    expect(networkHash(testContext().keys, '203.0.113.9')).to.equal(networkHash(keys, '203.0.113.9'));
    expect(networkHash(keys, '203.0.113.8')).not.to.equal(networkHash(keys, '203.0.113.9'));
  });
});

describe('Limits that several processes share', () => {
  useStore();
  let redis: RedisServer;
  let doors: ApiUnderTest[] = [];

  before(async function () {
    if (redisMissing) this.skip();
    redis = await startRedis();
    const env = { REDIS_URL: redis.url, QUEUE_PREFIX: 'limits', RATE_LIMITS: 'key=4' };
    doors = [await startApi(testContext(), env), await startApi(testContext(), env)];
  });
  after(async () => {
    await Promise.all(doors.map((door) => door.close()));
    await redis?.close();
  });

  const ask = async (door: ApiUnderTest, token: string) =>
    (await door.call('GET', '/v1/sending', { token })).status;

  it('count together in Redis; while it is away each counts by itself, and nobody waits', async () => {
    const [one, other] = doors as [ApiUnderTest, ApiUnderTest];
    const [shared, alone] = [await one.tokenWith('sending:write'), await one.tokenWith('sending:write')];
    const statuses: number[] = [];
    for (let n = 0; n < 3; n += 1) statuses.push(await ask(one, shared), await ask(other, shared));
    expect(statuses).to.deep.equal([200, 200, 200, 200, 429, 429]);

    await redis.kill();
    const started = performance.now();
    for (let n = 0; n < 4; n += 1) expect(await ask(one, alone)).to.equal(200);
    expect(await ask(one, alone)).to.equal(429);
    expect(await ask(other, alone)).to.equal(200);
    expect(performance.now() - started).to.be.below(15_000);
  });
});
