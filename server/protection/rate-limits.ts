import type { Request, RequestHandler, Response } from 'express';
import { rateLimit, type Store } from 'express-rate-limit';
import type { Context } from '../../surveys/context.ts';
import { keyedHash } from '../../surveys/keys.ts';
import { Problem, problem } from '../../surveys/problems.ts';
import type { Config } from '../config.ts';
import { networkHash } from './network.ts';
import { type RateLimitName, rateLimitDefaults } from './rate-limit-defaults.ts';

/**
 * The limits of the door. Each refuses with `tooManyRequests` (429) and says when to come back. Somebody who holds a
 * good link or key is never refused for what others behind the same network address do: those are recognised first,
 * and only what is not ours counts against the address.
 */
export interface RateLimits {
  /** For what anybody may ask for. */
  visitor: RequestHandler;
  /** A request with a good API key, by the hash of the key. */
  key(request: Request, response: Response, hash: string): Promise<void>;
  /** A request with a good link, by its token. */
  link(request: Request, response: Response, token: string): Promise<void>;
  /** A request with a good shared link, by its id: refused when one network address sends too many. */
  sharedLink(request: Request, response: Response, id: string): Promise<void>;
  /** Counts an answer through a shared link. @returns whether there are more in this minute than people give */
  sharedAnswer(request: Request, response: Response, id: string): Promise<boolean>;
  /** A request with a link or key that is not ours. */
  guess(request: Request, response: Response): Promise<void>;
  /** A request for a sign-in link. */
  signIn(request: Request, response: Response): Promise<void>;
  close(): void;
}

/** Counts of several processes together. */
export interface SharedStores {
  storeOf(name: RateLimitName): Store;
  close(): void;
}

/** Paths that are limited in another way, or are asked for all the time by who watches over the service. */
const elsewhere = /^\/(s|r|o|assets|health|metrics)(\/|$)/;

/** Counts where processes count together (`shared`), otherwise in the memory of this one. */
export function openRateLimits({ keys, log }: Context, config: Config, shared?: SharedStores): RateLimits {
  function limit(name: RateLimitName): (request: Request, response: Response, key: string) => Promise<void> {
    const { most, windowMs } = rateLimitDefaults[name];
    const counted = new WeakMap<Request, string>();
    const store = shared?.storeOf(name);
    const handler = rateLimit({
      identifier: name,
      windowMs,
      limit: config.rateLimits[name] ?? most,
      // Who floods a shared link is not told where the limit lies.
      standardHeaders: name === 'sharedAnswers' ? false : 'draft-8',
      legacyHeaders: false,
      // Whose address counts is told by TRUST_PROXY; the checks of the library would write to the console.
      validate: false,
      passOnStoreError: true,
      keyGenerator: (request) => counted.get(request)!,
      handler: (_request, _response, next) => next(problem('tooManyRequests')),
      ...(store && { store }),
    });
    return async (request, response, key) => {
      counted.set(request, key);
      await new Promise<void>((resolve, reject) => {
        const next = (error?: unknown) => (error === undefined ? resolve() : reject(error));
        void handler(request, response, next);
      });
    };
  }

  const byNetwork = (name: RateLimitName) => {
    const take = limit(name);
    return (request: Request, response: Response) => take(request, response, networkHash(keys, request.ip));
  };
  const visitor = byNetwork('visitor');
  const byLink = limit('link');
  const bySharedLink = limit('sharedLink');
  const answers = limit('sharedAnswers');

  /** Says once that all visitors of a proxy that was not named look like one. */
  let warned = config.trustProxy !== undefined;
  const warnOfProxy = (request: Request) => {
    if (warned || request.headers['x-forwarded-for'] === undefined) return;
    warned = true;
    log.warn('A proxy tells of addresses and TRUST_PROXY is not set: all its visitors share one limit.');
  };

  return {
    visitor: async (request, response, next) => {
      warnOfProxy(request);
      const withKey = request.path.startsWith('/v1/') && request.headers.authorization !== undefined;
      if (!withKey && !elsewhere.test(request.path)) await visitor(request, response);
      next();
    },
    key: limit('key'),
    link: (request, response, token) => byLink(request, response, keyedHash(keys.network, ['link', token])),
    sharedLink: (request, response, id) =>
      bySharedLink(request, response, keyedHash(keys.network, [networkHash(keys, request.ip), id])),
    async sharedAnswer(request, response, id) {
      try {
        await answers(request, response, id);
        return false;
      } catch (error) {
        if (error instanceof Problem && error.code === 'tooManyRequests') return true;
        throw error;
      }
    },
    guess: byNetwork('guess'),
    signIn: byNetwork('signIn'),
    close() {
      shared?.close();
    },
  };
}
