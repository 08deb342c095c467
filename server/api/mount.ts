import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Express, Request, RequestHandler, Response } from 'express';
import { problem } from '../../surveys/problems.ts';
import { audit, byRequest } from '../audit/index.ts';
import { everyone } from '../auth/declared-access.ts';
import { type Departments, type Principal, principalOf, reachOf } from '../auth/principal.ts';
import { type ReadSession, requireAccess } from '../auth/require-access.ts';
import type { Services } from '../services.ts';
import { routes } from './index.ts';
import { readBody } from './read-body.ts';
import type { Answer, ApiRequest, Route } from './route.ts';
import { apiVersion } from './version.ts';

/** Mounts every route of the API; another method on a known path is answered with 405. */
export function mountApi(app: Express, services: Services, readSession: ReadSession): void {
  app.use('/v1', (_request, response, next) => {
    response.setHeader('API-Version', apiVersion);
    next();
  });
  for (const route of routes) app[route.method](pathOf(route), ...handlersOf(route, services, readSession));
  for (const [path, methods] of methodsByPath()) {
    app.all(path, everyone, (_request, response) => {
      response.setHeader('Allow', methods.join(', '));
      throw problem('methodNotAllowed', { detail: `This path knows ${methods.join(', ')}.` });
    });
  }
}

function handlersOf(route: Route, services: Services, readSession: ReadSession): RequestHandler[] {
  return [
    requireAccess(services, route.access, readSession),
    ...bodyOf(route),
    async (request, response) => {
      const asked = toApiRequest(request, response, route);
      const answer = await route.handle(forRequest(services, response), asked);
      if (route.audit && (route.audit.when?.(answer) ?? true)) {
        const { what, on } = route.audit;
        const { ctx } = services;
        await audit(ctx, { ...byRequest(ctx.keys, request, response), what, on: on?.(asked) });
      }
      await send(response, answer);
    },
  ];
}

async function send(response: Response, { status, body, type, headers = {} }: Answer): Promise<void> {
  response.status(status).set(headers);
  if (type) response.type(type);
  if (body instanceof Readable) await pipeline(body, response);
  else if (body === undefined) response.end();
  else if (type) response.send(body);
  else response.json(body);
}

/** The services for one request: what is done and logged for it carries its id. */
function forRequest(services: Services, { locals }: Response): Services {
  const { ctx } = services;
  const { requestId } = locals;
  return { ...services, ctx: { ...ctx, requestId, log: ctx.log.child({ requestId }) } };
}

function bodyOf({ body }: Route): RequestHandler[] {
  return body ? readBody({ json: body.schema !== undefined, csv: body.csv !== undefined }) : [];
}

function toApiRequest(request: Request, response: Response, { access }: Route): ApiRequest {
  const principal = principalOf(response);
  return {
    params: Object.fromEntries(Object.entries(request.params).map(([name, part]) => [name, String(part)])),
    query: request.query,
    body: request.body,
    client: principal?.id,
    departments: reachOfRoute(principal, access),
    header: (name) => request.get(name),
    accepts: (types) => request.accepts(types) || undefined,
  };
}

function reachOfRoute(principal: Principal | undefined, access: Route['access']): Departments {
  return access === 'public' || !principal ? 'all' : (reachOf(principal, access) ?? []);
}

/** `/v1/contacts/{source}/{id}` as Express writes it. */
function pathOf({ path }: Route): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function methodsByPath(): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const known = methods.get(pathOf(route)) ?? [];
    methods.set(pathOf(route), [...known, route.method.toUpperCase()]);
  }
  return methods;
}
