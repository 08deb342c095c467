import { once } from 'node:events';
import { createServer } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { createApp } from '../../server/app.ts';
import { createToken } from '../../server/auth/api-tokens.ts';
import { type Scope, scopes } from '../../server/auth/scopes.ts';
import type { Context } from '../../surveys/context.ts';
import { testContext } from './context.ts';
import { testServices } from './services.ts';

export interface ApiAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; undefined when it is not JSON. */
  body: unknown;
}

interface CallOptions {
  /** Sent as JSON, unless it is text or bytes already. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Default: a token that may do everything. `null`: none. */
  token?: string | null;
}

export interface ApiUnderTest {
  url: string;
  ctx: Context;
  tokenWith(...allowed: Scope[]): Promise<string>;
  tokenNamed(name: string, ...allowed: Scope[]): Promise<string>;
  /** Sends a request; an answer that the service's own OpenAPI document does not describe is an error. */
  call(method: string, path: string, options?: CallOptions): Promise<ApiAnswer>;
  close(): Promise<void>;
}

/** The real app on a free port, over the store that `useStore` opened. */
export async function startApi(ctx: Context = testContext(), env = {}): Promise<ApiUnderTest> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const services = testServices(ctx, { BASE_URL: url, ...env });
  server.on('request', createApp(services));
  const everything = Object.keys(scopes) as Scope[];
  const tokenNamed = (name: string, ...allowed: Scope[]) => createToken(ctx, { name, scopes: allowed });
  const tokenWith = (...allowed: Scope[]) => tokenNamed('test', ...allowed);
  const described = describedBy(await (await fetch(`${url}/v1/openapi.json`)).json());

  return {
    url,
    ctx,
    tokenWith,
    tokenNamed,
    async call(method, path, { body, headers = {}, token } = {}) {
      const bearer = token === undefined ? await tokenWith(...everything) : token;
      const encoded = encode(body);
      const answered = await fetch(url + path, {
        method,
        headers: {
          ...(encoded.type && { 'Content-Type': encoded.type }),
          ...(bearer && { Authorization: `Bearer ${bearer}` }),
          ...headers,
        },
        ...(encoded.body !== undefined && { body: encoded.body }),
      });
      const text = await answered.text();
      const isJson = /^application\/(problem\+)?json\b/.test(answered.headers.get('content-type') ?? '');
      const answer = {
        status: answered.status,
        headers: answered.headers,
        text,
        body: isJson ? (JSON.parse(text) as unknown) : undefined,
      };
      described(method, path, answer);
      return answer;
    },
    async close() {
      await services.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function encode(body: unknown): { body?: string | Uint8Array<ArrayBuffer>; type?: string } {
  if (body === undefined) return {};
  if (typeof body === 'string') return { body, type: 'application/json' };
  if (body instanceof Uint8Array) return { body: new Uint8Array(body), type: 'application/json' };
  return { body: JSON.stringify(body), type: 'application/json' };
}

interface Described {
  paths: Record<string, Record<string, { responses: Record<string, { content?: object }> }>>;
}

/** A check of answers against an OpenAPI document. */
function describedBy(document: unknown): (method: string, path: string, answer: ApiAnswer) => void {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document as object, 'openapi', false, false);
  const { paths } = document as Described;
  return (method, path, answer) => {
    const route = Object.keys(paths).find((one) => toPattern(one).test(path.split('?')[0]!));
    const operation = route && paths[route]![method.toLowerCase()];
    if (!operation) return;
    const key = String(answer.status) in operation.responses ? String(answer.status) : 'default';
    if (key === 'default' && answer.status < 400)
      throw new Error(`${method} ${route}: ${answer.status} is not described`);
    if (answer.body === undefined || !operation.responses[key]!.content) return;
    const pointer = [
      'paths',
      route,
      method.toLowerCase(),
      'responses',
      key,
      'content',
      mediaOf(key),
      'schema',
    ];
    const check = ajv.compile({ $ref: `openapi#/${pointer.map(pointerSegment).join('/')}` });
    if (!check(answer.body)) {
      throw new Error(`${method} ${route} ${answer.status}: ${ajv.errorsText(check.errors)}\n${answer.text}`);
    }
  };
}

function mediaOf(key: string): string {
  return key === 'default' ? 'application/problem+json' : 'application/json';
}

function pointerSegment(segment: string): string {
  return encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}
