import * as oidc from 'openid-client';
import type { Context } from '../../../surveys/context.ts';
import { keyedHash } from '../../../surveys/keys.ts';
import type { OidcSettings } from '../../config.ts';
import type { Claimed } from '../people.ts';
import { readClaims } from './claims.ts';
import { discoverOnce } from './discover.ts';
import { askedStrength, weaknessOf } from './strength.ts';

/** Ends the state of a sign-in for which the provider was asked to let people prove who they are. */
const againMark = 'again';

/** The identity provider of the municipality's staff. */
export interface IdentityProvider {
  /**
   * Where to send a browser to sign in.
   * @param secret of the browser's cookie; only a browser with this cookie can complete the sign-in
   * @param to the page to go to afterwards
   * @param again whether the provider must ask who they are, also somebody whom it knows
   * @throws Unreachable when the provider does not answer
   */
  signInUrl(secret: string, to: string, again?: boolean): Promise<URL>;
  /**
   * Completes a sign-in from the query with which the provider sent the browser back.
   * @throws Refused when the answer is not one to this browser's question, or not of the provider;
   *   TooWeak when the person signed in there in another way than required; Unreachable
   */
  complete(secret: string | undefined, query: URLSearchParams): Promise<SignedIn>;
  /** Where to sign out at the provider too; undefined where it offers no such thing, or does not answer. */
  signOutUrl(): Promise<URL | undefined>;
}

/** A sign-in at the provider that was completed. */
export interface SignedIn {
  claimed: Claimed;
  /** The page to go to. */
  to: string;
  /** When they proved there who they are: as the provider says, or now where it was asked to let them. Otherwise not known. */
  provedAt: Date | undefined;
}

/** The provider does not answer. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** The provider's answer was refused; the message is a code without secrets. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Somebody signed in at the provider, but not as strongly, or not as lately, as required; the message says what lacks. */
export class TooWeak extends Error {
  override readonly name = 'TooWeak';
}

/**
 * Authorization code flow with PKCE, state and nonce. All three follow from the secret of the browser's cookie, so nothing
 * is kept for people who never come back, and only that browser can complete what it began. The cookie changes at sign-in:
 * an answer that is sent again meets another secret. The ID token's signature, issuer, audience and times are checked.
 */
export function identityProvider(ctx: Context, settings: OidcSettings, baseUrl: string): IdentityProvider {
  const { strength } = settings;
  const redirectUri = `${baseUrl}/sign-in/callback`;
  const derive = (kind: string, secret: string, ...more: string[]) =>
    keyedHash(ctx.keys.session, [`oidc-${kind}`, secret, ...more]);
  const stateOf = (secret: string, to: string, again: boolean) => {
    const mark = again ? [againMark] : [];
    return [derive('state', secret, to, ...mark), Buffer.from(to).toString('base64url'), ...mark].join('.');
  };
  const discovered = discoverOnce(settings);
  const discover = async () => {
    try {
      return await discovered();
    } catch (error) {
      ctx.log.error({ reason: reasonOf(error) }, 'The identity provider does not answer.');
      throw new Unreachable();
    }
  };

  return {
    async signInUrl(secret, to, again = false) {
      return oidc.buildAuthorizationUrl(await discover(), {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        response_type: 'code',
        state: stateOf(secret, to, again),
        nonce: derive('nonce', secret),
        code_challenge: await oidc.calculatePKCECodeChallenge(derive('verifier', secret)),
        code_challenge_method: 'S256',
        ...(again && { prompt: 'login' }),
        ...askedStrength(strength),
      });
    },
    async complete(secret, query) {
      const [, page = '', mark] = query.get('state')?.split('.') ?? [];
      const to = Buffer.from(page, 'base64url').toString();
      const again = mark === againMark;
      if (secret === undefined) throw new Refused('noCookie');
      const config = await discover();
      const answer = new URL(`${redirectUri}?${query}`);
      try {
        const tokens = await oidc.authorizationCodeGrant(config, answer, {
          expectedState: stateOf(secret, to, again),
          expectedNonce: derive('nonce', secret),
          pkceCodeVerifier: derive('verifier', secret),
          idTokenExpected: true,
          ...(strength.maxAge !== undefined && { maxAge: strength.maxAge }),
        });
        const claims = tokens.claims()!;
        const weakness = weaknessOf(claims, strength);
        if (weakness) throw new TooWeak(weakness);
        const known = claims.auth_time === undefined ? undefined : new Date(claims.auth_time * 1_000);
        const provedAt = known ?? (again ? ctx.clock.now() : undefined);
        return { claimed: readClaims(claims, settings), to, provedAt };
      } catch (error) {
        if (error instanceof TooWeak) throw error;
        if (isTooOld(error)) throw new TooWeak('age');
        throw new Refused(reasonOf(error));
      }
    },
    async signOutUrl() {
      const config = await discovered().catch(() => undefined);
      if (!config?.serverMetadata().end_session_endpoint) return undefined;
      return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: `${baseUrl}/sign-in` });
    },
  };
}

/** Whether the library refused a token because the person signed in at the provider too long ago. */
function isTooOld(error: unknown): boolean {
  const refusal = error instanceof oidc.ClientError ? error.cause : undefined;
  const about = refusal instanceof Error ? refusal.cause : undefined;
  return typeof about === 'object' && about !== null && 'claim' in about && about.claim === 'auth_time';
}

/** What went wrong, by the library's code; its messages may quote tokens. */
function reasonOf(error: unknown): string {
  if (error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError) {
    return `${error.code}:${/^[a-z_]{1,50}$/.exec(error.error)?.[0] ?? 'other'}`;
  }
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
