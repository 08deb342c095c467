import { type Request, type Response, Router } from 'express';
import { type Announce, type AuditAction, audit, byRequest } from '../../audit/index.ts';
import { everyone } from '../../auth/declared-access.ts';
import type { TextKey } from '../../pages/i18n.ts';
import { MessagePage } from '../../pages/message-page.tsx';
import { pageContext } from '../../pages/page-context.ts';
import { sendPage } from '../../pages/send-page.ts';
import type { Site } from '../../pages/site.ts';
import { networkHash } from '../../protection/network.ts';
import type { Services } from '../../services.ts';
import { localPath } from '../local-path.ts';
import { forgetClaimed, notePerson } from '../people.ts';
import { SignInFailedPage } from '../sign-in-pages.tsx';
import type { StaffDoor } from '../staff-door.ts';
import { type IdentityProvider, Refused, TooWeak, Unreachable } from './provider.ts';

/** Signing in at the identity provider. */
export function providerRoutes(
  { ctx, limits }: Services,
  readSite: () => Promise<Site>,
  door: StaffDoor,
  provider: IdentityProvider,
): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/sign-in/provider', everyone, async (request, response) => {
    const to = localPath(request.query.to);
    if (await door.readSession(request)) return response.redirect(303, to);
    try {
      const again = request.query.again === 'yes';
      const url = await provider.signInUrl(door.newVisitor(response), to, again);
      response.redirect(303, url.href);
    } catch (error) {
      await sendFailure(request, response, error);
    }
  });

  router.get('/sign-in/callback', everyone, async (request, response) => {
    const query = new URL(request.originalUrl, 'http://localhost').searchParams;
    try {
      const { claimed, to, provedAt } = await provider.complete(door.visitorSecret(request), query);
      if (claimed.roles.length === 0) {
        await forgetClaimed(ctx, claimed, noted(request, 'person.removed'));
        ctx.log.info('Somebody without a role was not let in.');
        await audit(ctx, { ...byRequest(ctx.keys, request, response), what: 'signIn.refused' });
        return await say(request, response, 'signIn.noRoleTitle', 'signIn.noRoleText', 403);
      }
      const person = await notePerson(ctx, claimed, noted(request, 'person.changed'));
      await door.signIn(request, response, person, provedAt);
      response.redirect(303, localPath(to));
    } catch (error) {
      await sendFailure(request, response, error);
    }
  });

  /** What the provider changed shows at a sign-in, and is written down as its doing. */
  function noted(request: Request, what: AuditAction): Announce {
    return (on) => audit(ctx, { who: 'provider', network: networkHash(ctx.keys, request.ip), what, on });
  }

  /** Residents' pages go on without the provider; members of staff are told what is the matter. */
  async function sendFailure(request: Request, response: Response, error: unknown): Promise<void> {
    if (error instanceof Unreachable) {
      return say(request, response, 'signIn.unavailableTitle', 'signIn.unavailableText', 503);
    }
    const tooWeak = error instanceof TooWeak;
    if (tooWeak) {
      ctx.log.warn({ reason: error.message }, 'A sign-in at the identity provider was too weak.');
    } else if (error instanceof Refused) {
      ctx.log.warn({ reason: error.message }, 'An answer of the identity provider was refused.');
      await limits.guess(request, response);
    } else throw error;
    await audit(ctx, { ...byRequest(ctx.keys, request, response), what: 'signIn.refused' });
    const page = pageContext(request, response, await readSite());
    await sendPage(request, response, SignInFailedPage({ page, tooWeak }), tooWeak ? 403 : 400);
  }

  async function say(
    request: Request,
    response: Response,
    title: TextKey,
    text: TextKey,
    status: number,
  ): Promise<void> {
    const page = pageContext(request, response, await readSite());
    await sendPage(request, response, MessagePage({ page, title, texts: [text] }), status);
  }

  return router;
}
