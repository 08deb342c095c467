import { directoryRoutes } from './directory.ts';
import { healthRoutes } from './health.ts';
import { municipalityRoutes } from './municipality.ts';
import { openApiRoute } from './openapi.ts';
import type { Route } from './route.ts';

const described: Route[] = [...directoryRoutes, ...municipalityRoutes, ...healthRoutes];

/** Every route of the API. */
export const routes: readonly Route[] = [...described, openApiRoute(described)];
