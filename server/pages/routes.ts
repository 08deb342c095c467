import type { Express, Request } from 'express';
import { outboxDirectory } from '../../jobs/transport/index.ts';
import type { Problem } from '../../surveys/problems.ts';
import { everyone } from '../auth/declared-access.ts';
import type { Services } from '../services.ts';
import {
  identityProvider,
  keyRoutes,
  peopleRoutes,
  type StaffDoor,
  sessionRoutes,
  signInRoutes,
} from '../staff/index.ts';
import { actionRoutes } from './actions/action-routes.ts';
import { arenaRoutes } from './arena/arena-routes.ts';
import { assetRoutes } from './asset-routes.ts';
import { auditPageRoutes } from './audit/audit-routes.ts';
import { callbackRoutes } from './callbacks/callback-routes.ts';
import { cardRoutes } from './cards/card-routes.ts';
import { commentRoutes } from './comments/comment-routes.ts';
import { dashboardRoutes } from './dashboard/dashboard-routes.ts';
import { doneRoutes } from './done/done-routes.ts';
import { followRoutes } from './done/follow-routes.ts';
import { erasureRoutes } from './erasure/erasure-routes.ts';
import { errorPage as drawErrorPage } from './error-page.tsx';
import { GenuinePage } from './genuine-page.tsx';
import { homeRoutes } from './home-routes.ts';
import { journeyRoutes } from './journey/journey-routes.ts';
import { openDataRoutes } from './open-data/open-data-routes.ts';
import { optOutRoutes } from './opt-out/opt-out-routes.ts';
import { outboxRoutes } from './outbox/outbox-routes.ts';
import { overviewRoutes } from './overview/overview-routes.ts';
import { residentPageContext } from './page-context.ts';
import { recordRoutes } from './records/records-routes.ts';
import { reportRoutes } from './reports/reports-routes.ts';
import { respondRoutes } from './respond/respond-routes.ts';
import { retentionPageRoutes } from './retention/retention-routes.ts';
import { roundRoutes } from './rounds/round-routes.ts';
import { sendPage } from './send-page.ts';
import { sharedLinkRoutes } from './shared-link/shared-link-routes.ts';
import { siteReader } from './site.ts';

const readSite = siteReader();

/** Mounts every page that people see. */
export function mountPages(app: Express, services: Services, door: StaffDoor): void {
  const { ctx, config } = services;
  const hasOutbox = !config.production && config.smtpUrl === undefined;
  const provider = config.oidc && identityProvider(ctx, config.oidc, config.baseUrl);

  app.use(homeRoutes(services, readSite, hasOutbox));
  app.get('/genuine', everyone, async (request, response) => {
    const page = residentPageContext(request, response, await readSite());
    const address = `${config.baseUrl}/s/`;
    const letters = config.notify?.letterTemplate !== undefined;
    await sendPage(request, response, GenuinePage({ page, address, letters }));
  });
  app.use(assetRoutes(readSite));
  app.use(respondRoutes(ctx, readSite, services.limits));
  app.use(sharedLinkRoutes(services, readSite));
  app.use(optOutRoutes(ctx, readSite, services.limits));
  app.use(signInRoutes(services, readSite, door, provider));
  app.use(sessionRoutes(services, readSite, door));
  app.use(peopleRoutes(services, readSite, door));
  app.use(keyRoutes(services, readSite, door));
  app.use(doneRoutes(readSite));
  app.use(openDataRoutes(services, readSite));
  app.use(followRoutes(ctx, readSite, services.limits));
  app.use(commentRoutes(services, readSite, door));
  app.use(callbackRoutes(services, readSite, door));
  app.use(actionRoutes(services, readSite, door));
  app.use(overviewRoutes(services, readSite, door));
  app.use(dashboardRoutes(readSite, door));
  app.use(reportRoutes(services, readSite, door));
  app.use(journeyRoutes(readSite, door));
  app.use(arenaRoutes(services, readSite, door));
  app.use(cardRoutes(services, readSite, door));
  app.use(roundRoutes(services, readSite, door));
  app.use(auditPageRoutes(services, readSite, door));
  app.use(erasureRoutes(services, readSite, door));
  app.use(retentionPageRoutes(services, readSite, door));
  app.use(recordRoutes(services, readSite, door));
  if (hasOutbox) app.use(outboxRoutes(outboxDirectory(config.dataDir), readSite));
}

/** The page for a browser when something is wrong. */
export function errorPage(_services: Services, request: Request, error: Problem): Promise<string> {
  return drawErrorPage(readSite, request, error);
}
