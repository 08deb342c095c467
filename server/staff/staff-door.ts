import type { Request, RequestHandler, Response } from 'express';
import type { Context } from '../../surveys/context.ts';
import { problem } from '../../surveys/problems.ts';
import { audit, byRequest } from '../audit/index.ts';
import { checksForms, declares, everyone } from '../auth/declared-access.ts';
import type { Needed } from '../auth/permissions.ts';
import { grantsOfRoles, type Principal, reachOf, setPrincipal } from '../auth/principal.ts';
import type { Config } from '../config.ts';
import { fieldsOf, formBody } from '../pages/form-body.ts';
import { type SessionCookie, sessionCookie } from './cookie.ts';
import { csrfField, csrfToken, isCsrfToken } from './csrf.ts';
import { firstPage } from './local-path.ts';
import { findPerson, mayEnter, noteSignIn, type Person } from './people.ts';
import { mintSecret } from './secrets.ts';
import { endSession, renewSession, startSession, useSession } from './sessions.ts';
import type { Present, StaffView } from './staff-view.ts';

/** Who may see staff pages. One for all routes of staff. */
export interface StaffDoor {
  /** Lets members of staff through who may; others are sent to the sign-in page, or refused. First of a route. */
  needs(access: Needed): RequestHandler;
  /** The same for a route that takes a form: reads it, and refuses it without the form token of its cookie. */
  form(access: 'public' | Needed): RequestHandler[];
  /** Who a session that reads the API belongs to. */
  readSession(request: Request): Promise<Principal | undefined>;
  /** The form token for a visitor who is not signed in yet; gives them a cookie for it. */
  visitorToken(request: Request, response: Response): string;
  /** The secret of the visitor's cookie. */
  visitorSecret(request: Request): string | undefined;
  /** Gives a visitor a cookie with a new secret, and tells it. */
  newVisitor(response: Response): string;
  /** Starts a session; `provedAt` is when the person proved who they are, if that is known. */
  signIn(request: Request, response: Response, person: Person, provedAt?: Date): Promise<void>;
  signOut(request: Request, response: Response): Promise<void>;
}

export function staffDoor(ctx: Context, { baseUrl, session: limits, oidc }: Config): StaffDoor {
  const cookie: SessionCookie = sessionCookie(baseUrl);
  const { keys } = ctx;

  /** Roles are read at each request, so that one that is taken away is gone at once. */
  async function present(request: Request): Promise<Present | undefined> {
    const secret = cookie.read(request);
    const session = secret === undefined ? undefined : await useSession(ctx, limits, secret);
    const person = session && (await findPerson(session.person));
    if (!person || !mayEnter(person, oidc)) return undefined;
    const grants = grantsOfRoles(person.roles, person.departments);
    return { person, session, principal: { kind: 'person', id: person._id, grants } };
  }

  /** A session whose person may do something else than before gets another secret, when a page is opened. */
  async function renewed(request: Request, response: Response, { session, person }: Present) {
    const secret = cookie.read(request)!;
    if (session.accessVersion === person.accessVersion || request.method !== 'GET') return secret;
    const fresh = await renewSession(ctx, session, person);
    if (fresh === undefined) return undefined;
    cookie.write(response, fresh);
    return fresh;
  }

  const checkForm: RequestHandler = checksForms((request: Request, _response: Response, next: () => void) => {
    const secret = cookie.read(request);
    if (secret === undefined || !isCsrfToken(keys, secret, fieldsOf(request)[csrfField])) {
      throw problem('staleForm');
    }
    next();
  });

  const door: StaffDoor = {
    needs: (access) =>
      declares(access, async (request, response, next) => {
        const here = await present(request);
        const secret = here && (await renewed(request, response, here));
        if (!here || secret === undefined) return response.redirect(303, signInPath(request));
        setPrincipal(response, here.principal, access);
        if (reachOf(here.principal, access) === undefined) throw problem('forbidden');
        const view: StaffView = { ...here, csrf: csrfToken(keys, secret) };
        response.locals.staff = view;
        next();
      }),
    form: (access) => [access === 'public' ? everyone : door.needs(access), formBody, checkForm],
    readSession: async (request) => (await present(request))?.principal,
    visitorToken(request, response) {
      return csrfToken(keys, cookie.read(request) ?? door.newVisitor(response));
    },
    visitorSecret: (request) => cookie.read(request),
    newVisitor(response) {
      const secret = mintSecret();
      cookie.write(response, secret);
      return secret;
    },
    async signIn(request, response, person, provedAt) {
      const before = cookie.read(request);
      if (before !== undefined) await endSession(ctx, before);
      await noteSignIn(ctx, person);
      cookie.write(response, await startSession(ctx, limits, person, provedAt));
      await audit(ctx, {
        ...byRequest(keys, request, response),
        who: `person:${person._id}`,
        what: 'signIn.done',
      });
    },
    async signOut(request, response) {
      const secret = cookie.read(request);
      const here = await present(request);
      if (secret !== undefined) await endSession(ctx, secret);
      if (here)
        await audit(ctx, {
          ...byRequest(keys, request, response),
          who: `person:${here.person._id}`,
          what: 'signIn.out',
        });
      cookie.clear(response);
    },
  };
  return door;
}

/** The sign-in page, which leads back to the page asked for. */
function signInPath({ method, originalUrl }: Request): string {
  if (method !== 'GET' || originalUrl === firstPage) return '/sign-in';
  return `/sign-in?to=${encodeURIComponent(originalUrl)}`;
}
