import type { Express } from 'express';
import type { Access } from './permissions.ts';

const declared = new WeakMap<object, Access>();
const formChecks = new WeakSet<object>();

/** Marks a handler as the one that keeps this access. It must be the first of its route. */
export function declares<Handler extends object>(access: Access, handler: Handler): Handler {
  declared.set(handler, access);
  return handler;
}

/** Marks a handler as the one that refuses what another site made a browser send: forms without the token of their cookie. */
export function checksForms<Handler extends object>(handler: Handler): Handler {
  formChecks.add(handler);
  return handler;
}

/** The declaration of a route that is open to everyone. */
export const everyone = declares('public', (_request: unknown, _response: unknown, next: () => void) =>
  next(),
);

/** A route as it is mounted. */
export interface MountedRoute {
  /** In lower case; `_all` for every method. */
  method: string;
  path: string;
  access: Access;
}

interface Layer {
  route?: { path: unknown; stack: { method?: string; handle: object }[] };
  handle: object & { stack?: Layer[] };
  /** Whether it is mounted at the root. */
  slash: boolean;
}

/**
 * Every route of an app with the access that it declares.
 * @throws Error naming each route that declares none, each form of staff that is not checked, and each router that is
 *   not mounted at the root (whose routes' paths can't be told)
 */
export function mountedRoutes(app: Express): MountedRoute[] {
  const faults: string[] = [];
  const found = routesIn(app.router.stack as unknown as Layer[], faults);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return found;
}

function routesIn(layers: Layer[], faults: string[]): MountedRoute[] {
  return layers.flatMap((layer): MountedRoute[] => {
    if (!layer.route) {
      if (!layer.handle.stack) return [];
      if (!layer.slash)
        faults.push('A router is not mounted at the root: write the whole path in its routes.');
      return routesIn(layer.handle.stack, faults);
    }
    const path = String(layer.route.path);
    const [first] = layer.route.stack;
    const method = first?.method ?? '_all';
    const access = first && declared.get(first.handle);
    if (access === undefined) {
      faults.push(`${method.toUpperCase()} ${path} does not say first who may use it.`);
      return [];
    }
    if (
      isStaffForm(method, path, access) &&
      !layer.route.stack.some(({ handle }) => formChecks.has(handle))
    ) {
      faults.push(`${method.toUpperCase()} ${path} takes a form without checking its token.`);
    }
    return [{ method, path, access }];
  });
}

/** The API takes no cookies on what changes something, so it needs no form tokens. */
function isStaffForm(method: string, path: string, access: Access): boolean {
  return access !== 'public' && !['get', 'head'].includes(method) && !path.startsWith('/v1/');
}
