import { type Request, type Response, Router } from 'express';
import { problem } from '../../surveys/problems.ts';
import { audit, byRequest } from '../audit/index.ts';
import { everyone } from '../auth/declared-access.ts';
import { fieldsOf } from '../pages/form-body.ts';
import { MessagePage } from '../pages/message-page.tsx';
import { pageContext } from '../pages/page-context.ts';
import { sendPage, sendStaffPage } from '../pages/send-page.ts';
import type { Site } from '../pages/site.ts';
import type { Services } from '../services.ts';
import { localPath } from './local-path.ts';
import type { IdentityProvider } from './oidc/provider.ts';
import { providerRoutes } from './oidc/provider-routes.ts';
import { findPerson, mayEnter } from './people.ts';
import { mailSignInLink } from './send-mail.ts';
import { isOpenSignInLink, mailedLinkMinutes, useSignInLink } from './sign-in-links.ts';
import { AskLinkPage, ProviderPage, SignInPage } from './sign-in-pages.tsx';
import type { StaffDoor } from './staff-door.ts';

/** Signing in, by a one-time link or at the identity provider, and out. */
export function signInRoutes(
  services: Services,
  readSite: () => Promise<Site>,
  door: StaffDoor,
  provider: IdentityProvider | undefined,
): Router {
  const { ctx, config, limits } = services;
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/sign-in', everyone, async (request, response) => {
    const page = pageContext(request, response, await readSite());
    const to = localPath(request.query.to);
    const again = request.query.again === 'yes';
    if (provider) return sendPage(request, response, ProviderPage({ page, to, again }));
    sendStaffPage(response, AskLinkPage({ page, to, csrf: door.visitorToken(request, response) }));
  });

  if (provider) router.use(providerRoutes(services, readSite, door, provider));

  /** The answer is the same for every address, and comes before anybody is looked for: nobody can tell who is staff. */
  router.post('/sign-in', ...door.form('public'), async (request, response) => {
    if (provider) throw problem('notFound');
    await limits.signIn(request, response);
    const { email, to } = fieldsOf(request);
    const page = pageContext(request, response, await readSite());
    await say(request, response, 'signIn.askedTitle', 'signIn.askedText');
    const asked = { address: String(email ?? '').slice(0, 300), language: page.locale, to: localPath(to) };
    mailSignInLink(ctx, config, asked).catch((err: unknown) => {
      ctx.log.error({ err }, 'A sign-in link could not be mailed.');
    });
  });

  router.get('/sign-in/:secret', everyone, async (request: Request<{ secret: string }>, response) => {
    if (!(await isOpenSignInLink(ctx, request.params.secret))) {
      await limits.guess(request, response);
      return sayUsed(request, response);
    }
    const page = pageContext(request, response, await readSite());
    const to = localPath(request.query.to);
    sendStaffPage(
      response,
      SignInPage({ page, to, hours: config.session.hours, csrf: door.visitorToken(request, response) }),
    );
  });

  router.post('/sign-in/:secret', ...door.form('public'), async (request, response) => {
    const id = await useSignInLink(ctx, String(request.params.secret));
    const person = id === undefined ? undefined : await findPerson(id);
    if (!person || !mayEnter(person, config.oidc)) {
      await limits.guess(request, response);
      await audit(ctx, { ...byRequest(ctx.keys, request, response), what: 'signIn.refused' });
      return sayUsed(request, response);
    }
    await door.signIn(request, response, person, ctx.clock.now());
    const { locale } = pageContext(request, response, await readSite());
    response.redirect(303, withLanguage(localPath(fieldsOf(request).to), locale));
  });

  router.post('/sign-out', ...door.form('public'), async (request, response) => {
    await door.signOut(request, response);
    const elsewhere = await provider?.signOutUrl();
    // Not a redirect: the policy of the page that sent the form allows forms to this service only.
    if (elsewhere) response.setHeader('Refresh', `0; url=${elsewhere.href}`);
    await say(request, response, 'signIn.outTitle', 'signIn.outText');
  });

  function sayUsed(request: Request, response: Response): Promise<void> {
    return say(request, response, 'signIn.usedTitle', 'signIn.usedText', 410);
  }

  async function say(
    request: Request,
    response: Response,
    title: 'signIn.askedTitle' | 'signIn.usedTitle' | 'signIn.outTitle',
    text: 'signIn.askedText' | 'signIn.usedText' | 'signIn.outText',
    status = 200,
  ): Promise<void> {
    const page = pageContext(request, response, await readSite());
    await sendPage(
      request,
      response,
      MessagePage({ page, title, texts: [text], values: { minutes: mailedLinkMinutes } }),
      status,
    );
  }

  return router;
}

/** The path with the language that was chosen before signing in. */
function withLanguage(path: string, locale: string): string {
  const url = new URL(path, 'http://localhost');
  url.searchParams.set('lang', locale);
  return `${url.pathname}${url.search}`;
}
