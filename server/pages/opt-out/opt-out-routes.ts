import { type Request, type Response, Router } from 'express';
import type { Context } from '../../../surveys/context.ts';
import { optOutByHash } from '../../../surveys/invitations/index.ts';
import { openOptOutToken } from '../../../surveys/recipients/index.ts';
import { everyone } from '../../auth/declared-access.ts';
import type { RateLimits } from '../../protection/rate-limits.ts';
import { MessagePage } from '../message-page.tsx';
import { residentPageContext } from '../page-context.ts';
import { sendPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { OptOutPage } from './opt-out-page.tsx';

/**
 * Opting out by the link of a mail. A POST does it at once, whatever its body, without sign-in and without a form
 * token: whoever holds the link may (RFC 8058). It works for ever, and as often as it is used.
 */
export function optOutRoutes({ keys }: Context, readSite: () => Promise<Site>, limits: RateLimits): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/o/:token', everyone, async (request, response) => {
    const page = residentPageContext(request, response, await readSite());
    if (openOptOutToken(keys, request.params.token) === undefined) return unknown(request, response);
    await limits.link(request, response, request.params.token);
    await sendPage(request, response, OptOutPage({ page }));
  });

  router.post('/o/:token', everyone, async (request, response) => {
    const page = residentPageContext(request, response, await readSite());
    const hash = openOptOutToken(keys, request.params.token);
    if (hash === undefined) return unknown(request, response);
    await limits.link(request, response, request.params.token);
    await optOutByHash(hash);
    const done = MessagePage({ page, title: 'optOut.doneTitle', texts: ['optOut.doneText', 'optOut.other'] });
    await sendPage(request, response, done);
  });

  async function unknown(request: Request, response: Response): Promise<void> {
    await limits.guess(request, response);
    const page = residentPageContext(request, response, await readSite());
    const texts = ['closed.unknownText', 'closed.talk'] as const;
    await sendPage(
      request,
      response,
      MessagePage({ page, title: 'closed.unknownTitle', texts: [...texts] }),
      404,
    );
  }

  return router;
}
