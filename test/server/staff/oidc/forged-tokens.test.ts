import { generateKeyPairSync } from 'node:crypto';
import { Writable } from 'node:stream';
import { expect } from 'chai';
import { pino } from 'pino';
import type { RequiredStrength } from '../../../../server/config.ts';
import { identityProvider, Refused, TooWeak } from '../../../../server/staff/oidc/provider.ts';
import { testContext } from '../../../support/context.ts';
import { type CrookedProvider, type Draft, startCrookedProvider } from '../../../support/crooked-provider.ts';

const clientId = 'golden-ear';
const browser = 'b'.repeat(43);

describe('An ID token', () => {
  let crooked: CrookedProvider;
  before(async () => {
    crooked = await startCrookedProvider(clientId);
  });
  beforeEach(() => {
    crooked.forge = (draft) => draft;
  });
  after(() => crooked.close());

  const settings = () => ({
    ...{ issuer: crooked.issuer, clientId, clientSecret: 'secret' },
    ...{ rolesClaim: 'roles', roles: undefined, departmentsClaim: 'departments', departments: undefined },
    strength: { acrValues: [], amrValues: [], maxAge: undefined },
  });

  /** Signs in with the forged token: begins as a browser does, and comes back with a code. */
  async function signIn(strength: Partial<RequiredStrength> = {}) {
    const wanted = settings();
    const provider = identityProvider(
      testContext(),
      { ...wanted, strength: { ...wanted.strength, ...strength } },
      'http://localhost:3000',
    );
    const asked = (await provider.signInUrl(browser, '/overview')).searchParams;
    crooked.nonce = asked.get('nonce')!;
    return provider.complete(browser, new URLSearchParams({ code: 'code', state: asked.get('state')! }));
  }

  it('is taken when nothing is wrong with it, also when clocks differ by some seconds', async () => {
    expect((await signIn()).claimed).to.deep.include({ subject: 'mallory', roles: ['administrator'] });
    crooked.forge = (draft) => ({
      ...draft,
      claims: { ...draft.claims, exp: Math.floor(Date.now() / 1_000) - 10 },
    });
    expect((await signIn()).claimed.subject).to.equal('mallory');
  });

  const saying = (claims: Record<string, unknown>) => (draft: Draft) => ({
    ...draft,
    claims: { ...draft.claims, ...claims },
  });
  for (const [what, forge] of [
    ['of another issuer', saying({ iss: 'https://evil.example' })],
    ['for another client', saying({ aud: 'another' })],
    ['for us and another, without saying for whom', saying({ aud: [clientId, 'another'], azp: 'another' })],
    ['that has expired', saying({ exp: Math.floor(Date.now() / 1_000) - 120 })],
    ['without an end', saying({ exp: undefined })],
    ['not valid yet', saying({ nbf: Math.floor(Date.now() / 1_000) + 3_600 })],
    ['to another question', saying({ nonce: 'x'.repeat(64) })],
    ['without a nonce', saying({ nonce: undefined })],
    ['about nobody', saying({ sub: undefined })],
    ['that is not signed', (draft) => ({ ...draft, header: { alg: 'none' } })],
    [
      'signed with a key of somebody else',
      (draft) => ({ ...draft, key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }),
    ],
    [
      'signed with a key that the provider does not have',
      (draft) => ({ ...draft, header: { alg: 'RS256', kid: 'two' } }),
    ],
    [
      'that says it is signed in another way',
      (draft) => ({ ...draft, header: { alg: 'HS256', kid: 'one' } }),
    ],
  ] as [string, (draft: Draft) => Draft][]) {
    it(`is refused ${what}`, async () => {
      crooked.forge = forge;
      const outcome = await signIn().catch((error: unknown) => error);
      expect(outcome).to.be.instanceOf(Refused);
      expect((outcome as Refused).message).to.match(/^(OAUTH_|ERR_)?[A-Za-z_:]+$/);
    });
  }

  const ago = (seconds: number) => Math.floor(Date.now() / 1_000) - seconds;
  const strong = { acrValues: ['gold', 'silver'], amrValues: ['mfa', 'hwk'], maxAge: 600 };
  const enough = () => ({ acr: 'silver', amr: ['pwd', 'mfa'], auth_time: ago(60) });

  it('is taken when it says that the sign-in was as strong and as late as required', async () => {
    crooked.forge = saying(enough());
    expect((await signIn(strong)).claimed.subject).to.equal('mallory');
    expect((await signIn()).claimed.subject).to.equal('mallory');
  });

  for (const [what, claims] of [
    ['that says nothing of the strength', { acr: undefined }],
    ['of a weaker sign-in', { acr: 'bronze' }],
    ['of no stated strength', { acr: '0' }],
    ['whose strength only begins like the required one', { acr: 'silver-plated' }],
    ['that lists strengths, where one has to be said', { acr: ['silver'] }],
    ['that repeats our wish', { acr: 'gold silver' }],
    ['that says nothing of the means', { amr: undefined }],
    ['of a sign-in by other means', { amr: ['pwd'] }],
    ['whose means are no list', { amr: 'mfa' }],
    ['whose means are in another one', { amr: [['mfa']] }],
    ['of a sign-in of too long ago', { auth_time: ago(700) }],
  ] as [string, Record<string, unknown>][]) {
    it(`is too weak ${what}`, async () => {
      crooked.forge = saying({ ...enough(), ...claims });
      const outcome = await signIn(strong).catch((error: unknown) => error);
      expect(outcome).to.be.instanceOf(TooWeak);
      expect((outcome as TooWeak).message).to.equal(
        { acr: 'acr', amr: 'amr', auth_time: 'age' }[Object.keys(claims)[0]!],
      );
    });
  }

  for (const auth_time of [undefined, 'now', -1, { $gt: 0 }]) {
    it(`is refused when the sign-in was at ${JSON.stringify(auth_time)}`, async () => {
      crooked.forge = saying({ ...enough(), auth_time });
      expect(await signIn(strong).catch((error: unknown) => error)).to.be.instanceOf(Refused);
    });
  }

  it('tells when its person proved who they are; without that it is not known, unless they were asked to', async () => {
    const provedAt = async (again: boolean) => {
      const ctx = testContext();
      const provider = identityProvider(ctx, settings(), 'http://localhost:3000');
      const asked = (await provider.signInUrl(browser, '/sessions', again)).searchParams;
      crooked.nonce = asked.get('nonce')!;
      const answer = new URLSearchParams({ code: 'code', state: asked.get('state')! });
      return [(await provider.complete(browser, answer)).provedAt, ctx.clock.now()] as const;
    };
    expect((await provedAt(false))[0]).to.equal(undefined);
    const [said, now] = await provedAt(true);
    expect(said).to.deep.equal(now);
    const auth_time = ago(3_600);
    crooked.forge = saying({ auth_time });
    for (const again of [false, true])
      expect((await provedAt(again))[0]?.getTime()).to.equal(auth_time * 1_000);
  });

  it('gives names cut to a line, and no role but ours', async () => {
    crooked.forge = saying({
      name: `Mallory\r\n${'x'.repeat(400)}`,
      email: 'm@gemeente.example\r\nBcc: all@gemeente.example',
      roles: ['administrator', 'root', '__proto__', { $ne: null }],
      departments: ['burgerzaken', '../x', 7],
    });
    const { claimed } = await signIn();
    expect(claimed.name)
      .to.have.length(200)
      .and.not.match(/[\r\n]/);
    expect(claimed.email).to.equal(undefined);
    expect(claimed.roles).to.deep.equal(['administrator']);
    expect(claimed.departments).to.deep.equal(['burgerzaken']);
  });

  it('is nowhere in the log when it is refused', async () => {
    const lines: string[] = [];
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(chunk.toString());
        done();
      },
    });
    crooked.forge = saying({ aud: 'another' });
    const ctx = { ...testContext(), log: pino({ level: 'trace' }, stream) };
    const provider = identityProvider(ctx, settings(), 'http://localhost:3000');
    const asked = (await provider.signInUrl(browser, '/overview')).searchParams;
    const state = asked.get('state')!;
    const query = new URLSearchParams({ code: 'secret-code', state });
    const refused = await provider.complete(browser, query).catch((error: Error) => error);
    expect(`${refused} ${lines.join('')}`).not.to.match(new RegExp(`secret|${state}|eyJ|${browser}`));
  });
});
