import type { Fault } from '../schemas/validate.ts';

/**
 * The catalogue of coded errors. The code is the stable part of the interface (it ends the problem's `type`);
 * the title is a sentence for people; the status is what HTTP answers.
 */
const problems = {
  badRequest: { status: 400, title: 'The request could not be read.' },
  invalidAnswers: { status: 400, title: 'The answers do not fit the survey.' },
  invalidBody: { status: 400, title: 'The body does not fit its schema.' },
  invalidDefinition: { status: 400, title: 'The survey definition has faults.' },
  invalidTemplate: { status: 400, title: 'The template of the report has a fault.' },
  invalidQuery: { status: 400, title: 'The query does not fit its schema.' },
  notReleased: { status: 400, title: 'This table is not released.' },
  unauthenticated: { status: 401, title: 'This needs a valid API token.' },
  forbidden: { status: 403, title: 'This is not allowed.' },
  otherDepartment: { status: 403, title: 'This is about departments that are not yours.' },
  staleForm: { status: 403, title: 'This form has expired.' },
  notFound: { status: 404, title: 'There is nothing here.' },
  grantEnded: { status: 403, title: 'This grant has ended.' },
  methodNotAllowed: { status: 405, title: 'This path does not know this method.' },
  unsafeTables: { status: 409, title: 'These tables would tell figures that must stay hidden.' },
  openDataOff: { status: 409, title: 'The municipality has not turned open data on.' },
  floorTooLow: {
    status: 409,
    title: 'This release shows groups that are too small to publish for everyone.',
  },
  roundExists: {
    status: 409,
    title: 'This department has a round that is not over, or one that opened in the same month.',
  },
  surveyClosed: { status: 410, title: 'This survey is closed.' },
  alreadyAnswered: { status: 409, title: 'This invitation was answered through another link.' },
  tooLarge: { status: 413, title: 'The body is too large.' },
  unsupportedMediaType: { status: 415, title: 'The body is of a type that is not read here.' },
  tooManyRequests: { status: 429, title: 'Too many requests came from here; wait a little.' },
  internal: { status: 500, title: 'Something went wrong on our side.' },
  unavailable: { status: 503, title: 'The service can not do this right now.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

interface ProblemOptions {
  detail?: string;
  faults?: Fault[];
  extra?: Record<string, unknown>;
}

/** An error that people and programs may see: it becomes `application/problem+json` (RFC 9457) or a page. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  readonly faults: Fault[];
  readonly extra: Record<string, unknown>;

  constructor(code: ProblemCode, { detail, faults = [], extra = {} }: ProblemOptions = {}) {
    super(detail ?? problems[code].title);
    this.name = 'Problem';
    this.code = code;
    this.status = problems[code].status;
    this.title = problems[code].title;
    this.detail = detail;
    this.faults = faults;
    this.extra = extra;
  }
}

/** Shorthand: `throw problem('notFound')`. */
export function problem(code: ProblemCode, options?: ProblemOptions): Problem {
  return new Problem(code, options);
}
