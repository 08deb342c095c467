import { getMunicipality, type Municipality } from '../../surveys/municipality/index.ts';
import { isScope, scopes } from '../auth/scopes.ts';
import { sessionCookieName } from '../staff/cookie.ts';
import { components, ref } from './components.ts';
import { type JsonSchema, type Route, route } from './route.ts';
import { apiVersion } from './version.ts';

/** The route of the API document. It is given the others, to describe them and itself. */
export function openApiRoute(others: readonly Route[]): Route {
  const itself: Route = route({
    method: 'get',
    path: '/v1/openapi.json',
    access: 'public',
    tag: 'About',
    summary: 'This document',
    answers: { 200: { description: 'OpenAPI 3.1', schema: { type: 'object', required: ['openapi'] } } },
    handle: async ({ config }) => ({
      status: 200,
      headers: { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' },
      body: openApiDocument([...others, itself], config.baseUrl, await getMunicipality()),
    }),
  });
  return itself;
}

/** The API as an OpenAPI 3.1 document, made of the routes that are mounted and the schemas in use. */
export function openApiDocument(
  routes: readonly Route[],
  baseUrl: string,
  municipality: Municipality,
): JsonSchema {
  const { name, contact } = municipality;
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Golden Ear',
      version: apiVersion,
      description: `Surveys of ${name} after a contact: contacts in, answers in, released scores out.`,
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      contact: { name, email: contact.email, url: contact.url ?? municipality.privacyStatementUrl },
    },
    servers: [{ url: baseUrl }],
    paths: pathsOf(routes),
    components: {
      schemas: Object.fromEntries(
        Object.entries(components).map(([title, schema]) => [title, asComponent(schema, title)]),
      ),
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookieName(baseUrl),
          description: 'A session of a member of staff, whose roles decide; it reads and changes nothing.',
        },
        token: {
          type: 'http',
          scheme: 'bearer',
          description: `An API key. Scopes: ${Object.entries(scopes)
            .map(([scope, meaning]) => `\`${scope}\` (${meaning})`)
            .join('; ')}.`,
        },
      },
    },
  };
}

function pathsOf(routes: readonly Route[]): Record<string, Record<string, JsonSchema>> {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const one of routes) {
    paths[one.path] ??= {};
    paths[one.path]![one.method] = operationOf(one);
  }
  return paths;
}

function operationOf({ access, method, tag, summary, description, body, ...one }: Route): JsonSchema {
  return {
    tags: [tag],
    summary,
    ...(description && { description }),
    security: securityOf(access, method),
    parameters: parametersOf(one),
    ...(body && { requestBody: { required: true, content: contentOf(body) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(one.answers).map(([status, answer]) => [
          status,
          {
            description: answer.description,
            ...(one.path.startsWith('/v1/') && versionHeader),
            ...((answer.schema || answer.csv) && { content: contentOf(answer) }),
          },
        ]),
      ),
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: ref('Problem') } },
      },
    },
  };
}

/** A session of a member of staff reads; only keys change something. */
function securityOf(access: Route['access'], method: Route['method']): JsonSchema[] {
  if (access === 'public') return [];
  const byKey = isScope(access) ? [{ token: [access] }] : access === 'signed-in' ? [{ token: [] }] : [];
  return method === 'get' ? [...byKey, { session: [] }] : byKey;
}

const versionHeader = { headers: { 'API-Version': { schema: { type: 'string' } } } };

function contentOf({
  schema,
  csv,
  files = [],
}: {
  schema?: JsonSchema;
  csv?: string;
  files?: readonly string[];
}): JsonSchema {
  return {
    ...Object.fromEntries(files.map((type) => [type, {}])),
    ...(schema && { 'application/json': { schema } }),
    ...(csv && { 'text/csv': { schema: { type: 'string', description: csv } } }),
  };
}

function parametersOf({
  path,
  params,
  query,
  headers,
}: Pick<Route, 'path' | 'params' | 'query' | 'headers'>) {
  const required: unknown = query?.required;
  const inQuery = Object.entries(isRecord(query?.properties) ? query.properties : {});
  return [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
      ...(params?.[name!] && { description: params[name!] }),
    })),
    ...inQuery.map(([name, schema]) => ({
      name,
      in: 'query',
      required: Array.isArray(required) && required.includes(name),
      schema,
    })),
    ...Object.entries(headers ?? {}).map(([name, description]) => ({
      name,
      in: 'header',
      description,
      schema: { type: 'string' },
    })),
  ];
}

/** A schema as part of the document: what only its root may say is left out, its references start at its new place. */
function asComponent({ $schema, $id, $vocabulary, ...schema }: JsonSchema, title: string): unknown {
  return rebased(schema, title);
}

function rebased(value: unknown, title: string): unknown {
  if (Array.isArray(value)) return value.map((item) => rebased(item, title));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      name === '$ref' && typeof item === 'string' && item.startsWith('#/')
        ? `#/components/schemas/${title}${item.slice(1)}`
        : rebased(item, title),
    ]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
