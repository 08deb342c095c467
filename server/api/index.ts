import { aggregateRoutes } from './aggregates.ts';
import { auditRoutes } from './audit.ts';
import { bounceRoutes } from './bounces.ts';
import { contactRoutes } from './contacts.ts';
import { directoryRoutes } from './directory.ts';
import { eventRoutes } from './events.ts';
import { healthRoutes } from './health.ts';
import { municipalityRoutes } from './municipality.ts';
import { notificationRoutes } from './notifications.ts';
import { notifyReceiptRoutes } from './notify-receipts.ts';
import { openDataRoutes } from './open-data.ts';
import { openApiRoute } from './openapi.ts';
import { responseRoutes } from './responses.ts';
import { retentionRoutes } from './retention.ts';
import type { Route } from './route.ts';
import { sendingRoutes } from './sending.ts';
import { surveySettingsRoutes } from './survey-settings.ts';
import { surveyRoutes } from './surveys.ts';

const described: Route[] = [
  ...contactRoutes,
  ...eventRoutes,
  ...notificationRoutes,
  ...responseRoutes,
  ...aggregateRoutes,
  ...openDataRoutes,
  ...surveyRoutes,
  ...surveySettingsRoutes,
  ...sendingRoutes,
  ...bounceRoutes,
  ...notifyReceiptRoutes,
  ...directoryRoutes,
  ...municipalityRoutes,
  ...retentionRoutes,
  ...auditRoutes,
  ...healthRoutes,
];

/** Every route of the API. */
export const routes: readonly Route[] = [...described, openApiRoute(described)];
