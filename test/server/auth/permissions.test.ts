import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import express, { type Express, type RequestHandler, type Router } from 'express';
import keySchema from '../../../schemas/api-key.schema.json' with { type: 'json' };
import personSchema from '../../../schemas/person.schema.json' with { type: 'json' };
import { createApp } from '../../../server/app.ts';
import { createToken } from '../../../server/auth/api-tokens.ts';
import {
  declares,
  everyone,
  type MountedRoute,
  mountedRoutes,
} from '../../../server/auth/declared-access.ts';
import {
  allPermissions,
  type Needed,
  type Permission,
  permissions,
  type Role,
  roles,
  rowOf,
} from '../../../server/auth/permissions.ts';
import { allScopes, type Scope } from '../../../server/auth/scopes.ts';
import { usePages } from '../../support/pages.ts';
import { testServices } from '../../support/services.ts';
import { signedInAs } from '../../support/staff.ts';

/** What a visitor may do, as the test works it out from the table. */
interface Visitor {
  name: string;
  headers: Record<string, string>;
  kind: 'person' | 'key' | 'nobody';
  may(needed: Needed): boolean;
}

describe('The permissions of every route', () => {
  // Every visitor at every route is more than a minute allows.
  const pages = usePages({ RATE_LIMITS: 'visitor=100000' });

  /** Everybody who could come: each role, each scope, somebody with neither. */
  async function visitors(): Promise<Visitor[]> {
    const people = roles.map(async (role): Promise<Visitor> => {
      const { cookie } = await signedInAs(pages, role);
      return {
        name: role,
        kind: 'person',
        headers: { cookie },
        may: (needed) => needed === 'signed-in' || rowOf(needed).roles.includes(role),
      };
    });
    const keys = allScopes.map(async (scope): Promise<Visitor> => {
      const token = await createToken(pages.ctx, { name: scope, scopes: [scope] });
      return {
        name: `key for ${scope}`,
        kind: 'key',
        headers: { authorization: `Bearer ${token}` },
        may: (needed) => needed === 'signed-in' || needed === scope,
      };
    });
    const nobody: Visitor = { name: 'nobody', kind: 'nobody', headers: {}, may: () => false };
    return [...(await Promise.all([...people, ...keys])), nobody];
  }

  /** The app over services that watch nothing any more: its routes are looked at, not used. */
  async function freshApp(): Promise<Express> {
    const services = testServices(pages.ctx);
    await services.close();
    return createApp(services);
  }

  async function theRoutes(): Promise<MountedRoute[]> {
    const all = mountedRoutes(await freshApp());
    // What takes every method is either open to everyone (the answer to a method that is not known) or is read too.
    return all.flatMap((route) => {
      if (route.method !== '_all') return [route];
      return route.access === 'public' ? [] : [{ ...route, method: 'get' }];
    });
  }

  /** What came of asking: let in, sent to the sign-in page, asked who one is, refused, or a form without its token. */
  async function ask({ method, path }: MountedRoute, headers: Record<string, string>): Promise<string> {
    const target = path.replaceAll(/:\w+/g, 'x');
    const answer = await fetch(pages.url + target, {
      method: method.toUpperCase(),
      redirect: 'manual',
      headers: { accept: 'application/json', ...headers },
    });
    const text = await answer.text();
    if (answer.status === 303 && answer.headers.get('location')?.startsWith('/sign-in')) return 'sign in';
    if (answer.status === 401) return 'who are you';
    if (answer.status === 403) return (JSON.parse(text) as { code: string }).code;
    expect(answer.status, `${method} ${path}`).to.be.below(500);
    return 'let in';
  }

  /** What should come of it, by the table alone. */
  function expected({ method, path, access }: MountedRoute, visitor: Visitor): string {
    const inApi = path.startsWith('/v1/') || path.startsWith('/health/');
    const reads = method === 'get';
    const forResidents = /^\/($|[sor]\/|kiosk\/|follow(\/|$))/;
    const staffForm = !inApi && !reads && !forResidents.test(path);
    // Without the operator's token there is no such page.
    if (access === 'operator') return 'let in';
    if (access === 'public') return staffForm ? 'staleForm' : 'let in';
    if (!inApi) {
      if (visitor.kind !== 'person') return 'sign in';
      if (!visitor.may(access)) return 'forbidden';
      return staffForm ? 'staleForm' : 'let in';
    }
    if (visitor.kind === 'nobody') return 'who are you';
    if (visitor.kind === 'person' && !reads) return 'forbidden';
    return visitor.may(access) ? 'let in' : 'forbidden';
  }

  it('are those of the table, for each role, each scope and nobody', async () => {
    const everybody = await visitors();
    const routes = await theRoutes();
    let asked = 0;
    for (const route of routes) {
      const wrong: string[] = [];
      for (const visitor of everybody) {
        const [got, should] = [await ask(route, visitor.headers), expected(route, visitor)];
        asked += 1;
        if (got !== should) wrong.push(`${visitor.name}: ${got} instead of ${should}`);
      }
      expect(wrong, `${route.method} ${route.path} (${route.access})`).to.deep.equal([]);
    }
    expect(routes.length).to.be.above(45);
    expect(asked).to.equal(routes.length * everybody.length);
  });

  it('are declared by every route: one without does not start', async () => {
    const answer: RequestHandler = (_request, response) => void response.end();
    const router = (add: (router: Router) => void) => {
      const made = express.Router();
      add(made);
      return made;
    };
    for (const [mount, fault] of [
      [(app) => app.get('/figures', answer), 'GET /figures does not say first who may use it.'],
      [(app) => app.use(router((own) => own.post('/figures', answer))), 'POST /figures does not say first'],
      [(app) => app.get('/late', answer, everyone), 'GET /late does not say first'],
      [
        (app) => app.post('/form', declares('people:write', answer)),
        'takes a form without checking its token',
      ],
      [
        (app) =>
          app.use(
            '/below',
            router(() => {}),
          ),
        'not mounted at the root',
      ],
    ] as [(app: Express) => void, string][]) {
      const app = await freshApp();
      mount(app);
      expect(() => mountedRoutes(app)).to.throw(fault);
    }
    const app = await freshApp();
    app.get('/open', everyone, answer);
    expect(mountedRoutes(app)).to.deep.include({ method: 'get', path: '/open', access: 'public' });
  });
});

describe('The table of permissions', () => {
  const holders = (permission: Permission): readonly Role[] => permissions[permission].roles;

  it('gives comments to coordinators and the programme manager alone, numbers to call to coordinators', () => {
    expect(holders('comments:read')).to.deep.equal(['coordinator', 'programme-manager']);
    expect(holders('callbacks:write')).to.deep.equal(['coordinator']);
  });

  it('gives the audit log and erasure to the privacy officer, people and keys to the administrator', () => {
    for (const permission of ['audit:read', 'privacy:write'] as const)
      expect(holders(permission)).to.deep.equal(['privacy-officer']);
    for (const permission of ['people:write', 'keys:write', 'surveys:write', 'municipality:write'] as const)
      expect(holders(permission)).to.deep.equal(['administrator']);
  });

  it('gives a coordinator only what can be limited to departments', () => {
    for (const permission of allPermissions) {
      if (rowOf(permission).roles.includes('coordinator'))
        expect(rowOf(permission).byDepartment, permission).to.equal(true);
    }
  });

  it('is in the documentation as it is', () => {
    const documented = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => /^\| `\w+:\w+` +\|/.test(line))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const table = allPermissions.map((permission) => {
      const { meaning, roles: allowed, key, byDepartment } = rowOf(permission);
      const held = roles.map((role) => {
        if (!allowed.includes(role)) return '';
        return role === 'coordinator' ? 'own departments' : 'yes';
      });
      return ['', `\`${permission}\``, meaning, ...held, key ? 'yes' : '', byDepartment ? 'yes' : '', ''];
    });
    expect(documented).to.deep.equal(table);
  });

  it('has the roles and scopes that forms and commands take', () => {
    expect(personSchema.properties.roles.items.enum).to.have.members([...roles]);
    expect(keySchema.properties.scopes.items.enum).to.have.members(allScopes);
  });

  it('lets no key manage people or keys', () => {
    expect(allScopes satisfies Scope[]).not.to.include.members(['people:write', 'keys:write']);
  });
});
