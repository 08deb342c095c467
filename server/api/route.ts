import { type Validation, validator } from '../../schemas/validate.ts';
import { problem } from '../../surveys/problems.ts';
import type { AuditAction } from '../audit/index.ts';
import type { Needed } from '../auth/permissions.ts';
import type { Departments } from '../auth/principal.ts';
import type { Services } from '../services.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A request to the API, without HTTP around it. */
export interface ApiRequest<Query = unknown> {
  params: Readonly<Record<string, string>>;
  query: Query;
  /** A parsed JSON value, or text where the route reads CSV and CSV was sent. */
  body: unknown;
  /** Name of the API token that the request came with; undefined on a public route. */
  client: string | undefined;
  /** The departments that the client may see or send for; a route whose access can be limited keeps to them. */
  departments: Departments;
  header(name: string): string | undefined;
  /** The best of the offered media types for this client; undefined when it takes none of them. */
  accepts(types: string[]): string | undefined;
}

/** An answer of the API: JSON unless `type` says otherwise; no body with status 204. */
export interface Answer {
  status: number;
  /** A stream is sent as it comes. */
  body?: unknown;
  type?: string;
  headers?: Readonly<Record<string, string>>;
}

interface Declaration<Query> {
  method: 'get' | 'post' | 'put' | 'delete';
  /** As in OpenAPI: `/v1/contacts/{source}/{id}`. */
  path: string;
  access: 'public' | Needed;
  tag: string;
  summary: string;
  description?: string;
  /** What each part of the path is. */
  params?: Readonly<Record<string, string>>;
  /** The schema of the query; requests that do not fit it never reach the handler. */
  query?: JsonSchema;
  /** Header fields that are read, and what for. */
  headers?: Readonly<Record<string, string>>;
  /** What the body may be: JSON of this schema (checked by the rules that take it), or CSV. */
  body?: { schema?: JsonSchema; csv?: string };
  /** What is written down when it was done. */
  audit?: {
    what: AuditAction;
    /** What it was done to. */
    on?: (request: ApiRequest) => string | undefined;
    /** Only of these answers; default: all. */
    when?: (answer: Answer) => boolean;
  };
  /** What may be answered. Problems need no mention. */
  answers: Readonly<
    Record<
      number,
      {
        description: string;
        schema?: JsonSchema;
        csv?: string;
        /** Media types of the files that may be asked for instead. */
        files?: readonly string[];
      }
    >
  >;
  handle(services: Services, request: ApiRequest<Query>): Promise<Answer>;
}

/** One route of the API as the router and the OpenAPI document see it. */
export interface Route extends Omit<Declaration<unknown>, 'handle'> {
  handle(services: Services, request: ApiRequest): Promise<Answer>;
}

/** Declares a route. `Query` is the type made of its query schema; without one, query keys are refused. */
export function route<Query = Record<string, never>>(declaration: Declaration<Query>): Route {
  const check = validator<Query>(declaration.query ?? { type: 'object', maxProperties: 0 });
  return {
    ...declaration,
    handle: (services, request) =>
      declaration.handle(services, { ...request, query: checked(check(request.query)) }),
  };
}

function checked<Query>(query: Validation<Query>): Query {
  if (!query.ok) throw problem('invalidQuery', { faults: query.faults });
  return query.value;
}
