import { type Request, type Response, Router } from 'express';
import type { Context } from '../../surveys/context.ts';
import { formBody } from '../pages/form-body.ts';
import { MessagePage } from '../pages/message-page.tsx';
import { pageContext } from '../pages/page-context.ts';
import { sendPage, sendStaffPage } from '../pages/send-page.ts';
import type { Site } from '../pages/site.ts';
import { isOpenSignInLink, useSignInLink } from './sign-in-links.ts';
import { SignInPage } from './sign-in-pages.tsx';
import type { StaffDoor } from './staff-door.ts';

/** Signing in by a one-time link, and out. */
export function signInRoutes(ctx: Context, readSite: () => Promise<Site>, door: StaffDoor): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/sign-in', async (request, response) => {
    const page = pageContext(request, response, await readSite());
    await sendPage(request, response, MessagePage({ page, title: 'signIn.title', texts: ['signIn.need'] }));
  });

  router.get('/sign-in/:secret', async (request, response) => {
    if (!(await isOpenSignInLink(ctx, request.params.secret))) return sendUsed(request, response);
    const page = pageContext(request, response, await readSite());
    sendStaffPage(response, SignInPage({ page, csrf: door.visitorToken(request, response) }));
  });

  router.post('/sign-in/:secret', formBody, async (request, response) => {
    door.checkForm(request);
    if (!(await useSignInLink(ctx, request.params.secret))) return sendUsed(request, response);
    await door.signIn(request, response);
    const { locale } = pageContext(request, response, await readSite());
    response.redirect(303, `/overview?lang=${locale}`);
  });

  router.post('/sign-out', formBody, async (request, response) => {
    door.checkForm(request);
    await door.signOut(request, response);
    const page = pageContext(request, response, await readSite());
    await sendPage(
      request,
      response,
      MessagePage({ page, title: 'signIn.outTitle', texts: ['signIn.outText'] }),
    );
  });

  async function sendUsed(request: Request, response: Response): Promise<void> {
    const page = pageContext(request, response, await readSite());
    const used = MessagePage({ page, title: 'signIn.usedTitle', texts: ['signIn.usedText'] });
    await sendPage(request, response, used, 410);
  }

  return router;
}
