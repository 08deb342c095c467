import type { Request, Response } from 'express';
import type { Context } from '../../../surveys/context.ts';
import { findByToken, type TokenView } from '../../../surveys/invitations/index.ts';
import type { RateLimits } from '../../protection/rate-limits.ts';
import { type PageContext, residentPageContext } from '../page-context.ts';
import { sendPage } from '../send-page.ts';
import type { Site } from '../site.ts';
import { type Closed, ClosedPage, closedStatus } from './closed-page.tsx';

/** A link that leads somewhere: its invitation, and the page in the resident's language. */
interface Visit {
  token: string;
  path: string;
  view: TokenView;
  page: PageContext;
}

/** Finds whom a link of an invitation belongs to, and answers who has none that serves. Counts guesses. */
export function readVisits(ctx: Context, readSite: () => Promise<Site>, limits: RateLimits) {
  /** The visit of a link of ours; otherwise the page that says so has been sent. */
  async function findVisit(
    request: Request<{ token: string }>,
    response: Response,
  ): Promise<Visit | undefined> {
    const { token } = request.params;
    const [view, site] = await Promise.all([findByToken(ctx, token), readSite()]);
    const page = residentPageContext(request, response, site, view?.language);
    if (view) {
      await limits.link(request, response, token);
      return { token, path: `/s/${token}`, view, page };
    }
    await limits.guess(request, response);
    await sendClosed(request, response, page, 'unknown');
    return undefined;
  }

  /** The visit of a link that can be answered now. */
  async function openVisit(
    request: Request<{ token: string }>,
    response: Response,
  ): Promise<Visit | undefined> {
    const visit = await findVisit(request, response);
    if (!visit || visit.view.open) return visit;
    const { answered } = visit.view;
    const deletePath = answered === 'here' ? deletePathOf(visit) : undefined;
    await sendClosed(
      request,
      response,
      visit.page,
      answered === 'elsewhere' ? 'elsewhere' : 'closed',
      deletePath,
    );
    return undefined;
  }

  /** The visit of a link through which an answer was given; without one, the form is the place to be. */
  async function answeredVisit(
    request: Request<{ token: string }>,
    response: Response,
  ): Promise<Visit | undefined> {
    const visit = await findVisit(request, response);
    if (!visit || visit.view.answered === 'here') return visit;
    response.redirect(303, `${visit.path}?lang=${visit.page.locale}`);
    return undefined;
  }

  return { findVisit, openVisit, answeredVisit };
}

/** Says why there is no form. */
export function sendClosed(
  request: Request,
  response: Response,
  page: PageContext,
  why: Closed,
  deletePath?: string,
): Promise<void> {
  const content = ClosedPage({ page, why, ...(deletePath && { deletePath }) });
  return sendPage(request, response, content, closedStatus[why]);
}

/** Where the answers of a visit are deleted. */
export function deletePathOf({ path, page }: Visit): string {
  return `${path}/delete?lang=${page.locale}`;
}
