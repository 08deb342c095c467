import { Router } from 'express';
import { findByToken, readPaperToken } from '../../surveys/invitations/index.ts';
import { findSharedLink, readCode } from '../../surveys/shared-links/index.ts';
import { everyone } from '../auth/declared-access.ts';
import type { Services } from '../services.ts';
import { fieldsOf, formBody } from './form-body.ts';
import { HomePage, longestCode } from './home-page.tsx';
import { residentPageContext } from './page-context.ts';
import { sendPage } from './send-page.ts';
import type { Site } from './site.ts';

/** The start page, where the code of a card or letter can be typed, also the one of an invitation by letter. */
export function homeRoutes(
  { ctx, limits }: Pick<Services, 'ctx' | 'limits'>,
  readSite: () => Promise<Site>,
  outbox: boolean,
): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/', everyone, async (request, response) => {
    const page = residentPageContext(request, response, await readSite());
    await sendPage(request, response, HomePage({ page, outbox }));
  });

  /** Whether a code is mistyped or never was one is not told apart; wrong ones count as guesses of the network. */
  router.post('/', everyone, formBody, async (request, response) => {
    const page = residentPageContext(request, response, await readSite());
    const typed = String(fieldsOf(request).code ?? '').slice(0, longestCode);
    const code = readCode(typed);
    if (code !== undefined && (await findSharedLink(ctx, code))) {
      return response.redirect(303, `/r/${code}?lang=${page.locale}`);
    }
    const token = readPaperToken(typed);
    if (token !== undefined && (await findByToken(ctx, token))) {
      return response.redirect(303, `/s/${token}?lang=${page.locale}`);
    }
    await limits.guess(request, response);
    await sendPage(request, response, HomePage({ page, outbox, wrongCode: typed }), 404);
  });

  return router;
}
