import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { pino } from 'pino';
import { routes } from '../../../server/api/index.ts';
import { openApiDocument } from '../../../server/api/openapi.ts';
import { createApp } from '../../../server/app.ts';
import { defaultMunicipality } from '../../../surveys/municipality/index.ts';
import { testContext } from '../../support/context.ts';
import { testServices } from '../../support/services.ts';

interface Operation {
  parameters: { name: string; in: string }[];
  security: Record<string, string[]>[];
  responses: Record<string, unknown>;
}

const document = openApiDocument(routes, 'https://oor.gemeente.example', defaultMunicipality) as {
  openapi: string;
  info: { contact: object };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: object };
};

describe('The OpenAPI document', () => {
  it('covers every route that the app mounts under /v1 and /health', () => {
    const mounted = mountedRoutes().filter((route) => /^\w+ \/(v1|health)\//.test(route));
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(mounted).to.have.members(described);
    expect(mounted).to.include('post /v1/contacts').and.to.include('get /v1/openapi.json');
  });

  it('is OpenAPI 3.1 and says whom to ask', () => {
    expect(document.openapi).to.match(/^3\.1\./);
    expect(document.info.contact).to.have.all.keys('name', 'email', 'url');
  });

  it('refers to nothing that is not in it', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref!);
    expect(references).to.not.be.empty;
    for (const reference of references) expect(resolve(reference), reference).to.be.an('object');
  });

  it('holds schemas that any validator can compile', () => {
    for (const name of Object.keys(document.components.schemas)) {
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      ajv.addSchema(document, 'openapi', false, false);
      expect(() => ajv.compile({ $ref: `openapi#/components/schemas/${name}` }), name).not.to.throw();
    }
  });

  it('names each part of each path, and what a caller must be allowed', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const { parameters, security, responses } of Object.values(operations)) {
        const named = parameters.filter((one) => one.in === 'path').map(({ name }) => `{${name}}`);
        expect(path.match(/\{\w+\}/g) ?? []).to.have.members(named);
        expect(security).to.be.an('array');
        expect(responses).to.have.property('default');
      }
    }
    expect(document.paths['/v1/contacts']!.post!.security).to.deep.equal([{ token: ['contacts:write'] }]);
  });

  it('keeps to the design rules: kebab-case paths, camelCase query keys, no trailing slash', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      expect(path.replaceAll(/\{\w+\}/g, 'x').replace('openapi.json', 'openapi')).to.match(
        /^(\/[a-z0-9-]+)+$/,
      );
      for (const { parameters } of Object.values(operations)) {
        for (const one of parameters.filter(({ in: where }) => where === 'query')) {
          expect(one.name).to.match(/^[a-z][A-Za-z0-9]*$/);
        }
      }
    }
  });
});

/** The routes that Express knows, as `get /v1/surveys`. */
function mountedRoutes(): string[] {
  const ctx = { ...testContext(), log: pino({ level: 'silent' }) };
  const app = createApp(testServices(ctx));
  return app.router.stack.flatMap(({ route }) => {
    if (!route) return [];
    const methods = route.stack.map(({ method }) => method).filter((method) => method !== undefined);
    const all = new Set(methods).size > 5;
    return all ? [] : [...new Set(methods)].map((method) => `${method} ${route.path}`);
  });
}

function resolve(reference: string): unknown {
  return reference
    .slice(2)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, segment) => (value as Record<string, unknown> | undefined)?.[segment], document);
}
