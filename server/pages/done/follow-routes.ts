import { type Request, type Response, Router } from 'express';
import type { Context } from '../../../surveys/context.ts';
import {
  askToFollow,
  confirmFollower,
  type FollowerLink,
  openFollowerToken,
  stopFollowing,
} from '../../../surveys/followers/index.ts';
import { everyone } from '../../auth/declared-access.ts';
import type { RateLimits } from '../../protection/rate-limits.ts';
import { fieldsOf, formBody } from '../form-body.ts';
import type { TextKey } from '../i18n.ts';
import { MessagePage } from '../message-page.tsx';
import { residentPageContext } from '../page-context.ts';
import { sendPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { productOf } from './done-routes.ts';
import { FollowLinkPage, FollowPage } from './follow-pages.tsx';

/**
 * Asking to hear what improves, apart from any answer: confirmed by a link in a mail, and ended by one. The form answers
 * the same whoever asks and whatever is known of the address. A form of another site could ask for an address too; all
 * that comes of it is one mail with a question.
 */
export function followRoutes(ctx: Context, readSite: () => Promise<Site>, limits: RateLimits): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/follow', everyone, async (request, response) => {
    const page = residentPageContext(request, response, await readSite());
    const product = await productOf(request.query.product, page);
    await sendPage(request, response, FollowPage({ page, ...(product && { product }) }));
  });

  router.post('/follow', everyone, formBody, async (request, response) => {
    await limits.signIn(request, response);
    const page = residentPageContext(request, response, await readSite());
    const { email = '', product: key } = fieldsOf(request);
    const product = await productOf(key, page);
    const typed = String(email);
    const asked = await askToFollow(ctx, { email: typed, product: product?.key, language: page.locale });
    const again = FollowPage({ page, ...(product && { product }), wrong: typed });
    if (!asked) return sendPage(request, response, again, 400);
    await sendPage(
      request,
      response,
      MessagePage({ page, title: 'follow.askedTitle', texts: ['follow.askedText', 'follow.askedErased'] }),
    );
  });

  for (const link of ['confirm', 'stop'] as const) {
    router.get(`/follow/${link}/:token`, everyone, async (request: Request<{ token: string }>, response) => {
      if ((await followerOf(link, request, response)) === undefined) return;
      const page = residentPageContext(request, response, await readSite());
      await sendPage(request, response, FollowLinkPage({ page, link }));
    });
  }

  router.post('/follow/confirm/:token', everyone, async (request, response) => {
    const id = await followerOf('confirm', request, response);
    if (id === undefined) return;
    const confirmed = await confirmFollower(ctx, id);
    if (!confirmed) return message(request, response, 'follow.lateTitle', ['follow.lateText'], 410);
    await message(request, response, 'follow.confirmedTitle', ['follow.confirmedText']);
  });

  /** Whatever its body, without a form token: mail programs post it by themselves (RFC 8058). */
  router.post('/follow/stop/:token', everyone, async (request, response) => {
    const id = await followerOf('stop', request, response);
    if (id === undefined) return;
    await stopFollowing(id);
    await message(request, response, 'follow.stoppedTitle', ['follow.stoppedText']);
  });

  /** The follower of a link of ours; otherwise the page that says so has been sent. */
  async function followerOf(
    link: FollowerLink,
    request: Request<{ token: string }>,
    response: Response,
  ): Promise<string | undefined> {
    const id = openFollowerToken(ctx.keys, link, request.params.token);
    if (id !== undefined) {
      await limits.link(request, response, request.params.token);
      return id;
    }
    await limits.guess(request, response);
    await message(request, response, 'closed.unknownTitle', ['closed.unknownText', 'closed.talk'], 404);
    return undefined;
  }

  async function message(
    request: Request,
    response: Response,
    title: TextKey,
    texts: TextKey[],
    status = 200,
  ): Promise<void> {
    const page = residentPageContext(request, response, await readSite());
    await sendPage(request, response, MessagePage({ page, title, texts }), status);
  }

  return router;
}
