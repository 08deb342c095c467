import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'node-html-parser';
import { createApp } from '../../server/app.ts';
import { type MountedRoute, mountedRoutes } from '../../server/auth/declared-access.ts';
import { allScopes } from '../../server/auth/scopes.ts';
import { testContext } from '../support/context.ts';
import { times } from '../support/long-form.ts';
import { goldenEar, type ServiceProcess, startServiceProcess } from '../support/service.ts';
import { testServices } from '../support/services.ts';
import { cookieIn, csrfIn } from '../support/staff.ts';

const runs = times('FUZZ_RUNS', { short: 300, long: 20_000 });

const methods = ['get', 'post', 'put', 'delete'];

/** Where somebody signs out: asked by others than who has to stay signed in. */
const waysOut = ['/sign-out', '/sessions/again', '/sessions/end'];

/** Requests under way at once. */
const together = 8;

/** What people who mean harm send, and what programs send by mistake. */
const nasty = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '-1',
    '99999999999999999999',
    'null',
    'undefined',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    '$where',
    '{"$gt":""}',
    "' OR 1=1 --",
    '../../../../etc/passwd',
    '..%2f..%2fetc%2fpasswd',
    '%00',
    '\u0000',
    '\ud800',
    '<script>alert(1)</script>',
    '=HYPERLINK("http://evil.example")',
    'a\r\nBcc: b@evil.example',
    '//evil.example',
    'customer-journey',
    'burgerzaken',
    '2026-13',
    'x'.repeat(3_000),
    '\u202e\u200b٣',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ maxLength: 60 }),
);
const key = fc.oneof(
  nasty,
  fc.constantFrom(
    'survey',
    'by',
    'period',
    'source',
    'id',
    'recipient',
    'answers',
    'roles',
    'names',
    'floor',
  ),
);
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(key, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 8 }),
  fc.record(
    {
      source: nasty,
      id: nasty,
      occurredAt: fc.constantFrom('2026-03-09T10:00:00Z', '2026-02-31T10:00:00Z', 5),
      department: fc.constantFrom('burgerzaken', '$ne', { $ne: 1 }),
      channel: fc.constantFrom('phone', ['phone']),
      survey: nasty,
      externalId: nasty,
      answers: fc.dictionary(key, fc.jsonValue({ maxDepth: 1 })),
      recipient: fc.dictionary(fc.constantFrom('email', 'phone'), nasty),
    },
    { requiredKeys: [] },
  ),
);
const body = fc.oneof(
  fc.record({ type: fc.constant('application/json'), text: json.map((value) => JSON.stringify(value)) }),
  fc.record({
    type: fc.constant('application/json'),
    text: fc.array(json, { maxLength: 4 }).map((value) => JSON.stringify(value)),
  }),
  fc.record({
    type: fc.constant('application/x-www-form-urlencoded'),
    text: fc.array(fc.tuple(key, nasty), { maxLength: 8 }).map((pairs) => String(new URLSearchParams(pairs))),
  }),
  fc.record({
    type: fc.constantFrom(
      'application/json',
      'text/csv',
      'application/json; charset=utf-16',
      'multipart/form-data',
      'text/plain',
    ),
    text: fc.oneof(nasty, fc.constant('['.repeat(50_000)), fc.constant('key,nl\n"')),
  }),
);

interface Asked {
  route: MountedRoute;
  parts: string[];
  query: [string, string][];
  as: string;
  accept: string;
  body: { type: string; text: string };
  method: string;
}

describe(`${runs} random requests to every route`, function () {
  this.timeout(5_400_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-fuzz-'));
  let service: ServiceProcess | undefined;
  after(async () => {
    await service?.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** The routes of the app, pages and API, as they are mounted. */
  async function allRoutes(): Promise<MountedRoute[]> {
    const services = testServices(testContext());
    await services.close();
    // The others are refusals of methods that a path does not know.
    return mountedRoutes(createApp(services)).filter(({ method }) => methods.includes(method));
  }

  /** Who asks: nobody, a key that may do all, an administrator, and somebody with a made-up key or cookie. */
  async function visitors(url: string, env: Record<string, string>) {
    const made = await goldenEar(['token', 'create', '--name', 'fuzz', '--scopes', allScopes.join(',')], env);
    const token = /goldenear_\w+/.exec(made.stdout)?.[0] ?? '';
    const link = /http\S+\/sign-in\/\S+/.exec((await goldenEar(['sign-in-link'], env)).stdout)?.[0] ?? '';
    const path = url + new URL(link).pathname;
    const page = await fetch(path);
    const form = new URLSearchParams({ _csrf: csrfIn(await page.text()) });
    const headers = { cookie: cookieIn(page.headers) };
    const entered = await fetch(path, { method: 'POST', body: form, headers, redirect: 'manual' });
    expect(entered.status).to.equal(303);
    const cookie = cookieIn(entered.headers);
    const csrf = csrfIn(await (await fetch(`${url}/sessions`, { headers: { cookie } })).text());
    const ways: Record<string, Record<string, string>> = {
      nobody: {},
      key: { authorization: `Bearer ${token}` },
      person: { cookie },
      'made-up key': { authorization: 'Bearer goldenear_0' },
      'made-up cookie': { cookie: `golden-ear=${'x'.repeat(43)}` },
    };
    return { ways, csrf };
  }

  it('are answered by less than 500, every refusal in a form of ours, by a process that lives and does not grow', async () => {
    const env = {
      DATA_DIR: dataDir,
      SECRET_KEY: 'f'.repeat(40),
      LOG_LEVEL: 'error',
      RATE_LIMITS: 'visitor=9999999,key=9999999,link=9999999,guess=9999999,signIn=9999999',
    };
    const routes = await allRoutes();
    service = await startServiceProcess(env);
    const { url } = service;
    const { ways, csrf } = await visitors(url, env);
    const asked = fc.record<Asked>({
      route: fc.constantFrom(...routes),
      parts: fc.array(nasty, { minLength: 3, maxLength: 3 }),
      query: fc.array(fc.tuple(key, nasty), { maxLength: 4 }),
      as: fc.oneof(fc.constantFrom('key', 'person'), fc.constantFrom(...Object.keys(ways))),
      accept: fc.constantFrom('text/html', 'application/json', 'text/csv', '*/*', 'x'),
      body,
      method: fc.oneof(
        { weight: 9, arbitrary: fc.constant('') },
        { weight: 1, arbitrary: fc.constantFrom('PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD') },
      ),
    });

    const statuses = new Map<number, number>();
    const touched = new Set<string>();
    let before: number | undefined;
    let done = 0;
    const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
    console.log(`      seed ${seed} (FUZZ_SEED)`);
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: together, maxLength: together }), async (batch) => {
        const answers = await Promise.all(batch.map((one) => send(url, one, ways[visitorOf(one)]!, csrf)));
        for (const [n, answer] of answers.entries()) {
          const { method, path } = batch[n]!.route;
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          touched.add(`${method} ${path}`);
          check(answer);
        }
        done += batch.length;
        if (done >= runs / 4) before ??= memoryOf(service!);
      }),
      { numRuns: Math.ceil(runs / together), seed },
    );
    const grown = memoryOf(service) - before!;
    console.log(
      `      ${touched.size} of ${routes.length} routes; ${JSON.stringify(Object.fromEntries(statuses))}; ${grown.toFixed(0)} MB more`,
    );
    expect(touched.size).to.be.at.least(Math.min(routes.length, Math.floor(runs / 10)));
    expect((await fetch(`${url}/health/ready`)).status).to.equal(200);
    expect(service.process.exitCode).to.equal(null);
    const sessions = await fetch(`${url}/sessions`, { headers: ways.person!, redirect: 'manual' });
    expect(sessions.status, 'signed in to the end').to.equal(200);
    // A process that keeps something of each request grows on; one that does not reaches its size in 20,000.
    expect(grown, 'megabytes').to.be.below(120);
  });
});

function visitorOf({ as, route }: Asked): string {
  return as === 'person' && waysOut.includes(route.path) ? 'made-up cookie' : as;
}

interface Answered {
  status: number;
  type: string;
  text: string;
  method: string;
}

async function send(
  url: string,
  one: Asked,
  headers: Record<string, string>,
  csrf: string,
): Promise<Answered> {
  const method = one.method || one.route.method.toUpperCase();
  let next = 0;
  const path = one.route.path.replaceAll(/[:*]\w+/g, () => encode(one.parts[next++ % 3]!));
  const query = String(new URLSearchParams(one.query));
  const takes = !['GET', 'HEAD'].includes(method);
  const isForm = one.body.type.endsWith('urlencoded');
  const text = isForm && one.as === 'person' ? `${one.body.text}&_csrf=${csrf}` : one.body.text;
  const answer = await fetch(`${url}${path}${query && `?${query}`}`, {
    method,
    redirect: 'manual',
    headers: { ...headers, accept: one.accept, ...(takes && { 'content-type': one.body.type }) },
    ...(takes && { body: text }),
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    text: await answer.text(),
    method,
  };
}

/** As a part of a path. */
function encode(part: string): string {
  const well = encodeURIComponent(Buffer.from(part).toString());
  return well === '' || well === '.' || well === '..' ? 'x' : well;
}

function check({ status, type, text, method }: Answered): void {
  expect(status, text.slice(0, 300)).to.be.below(500);
  expect(text).not.to.match(/\n\s+at .+:\d+:\d+|node_modules|MongoServerError/);
  if (status < 400 || method === 'HEAD') return;
  if (type.startsWith('application/problem+json')) {
    expect(JSON.parse(text)).to.include({ status }).and.to.have.property('code').that.is.a('string');
    return;
  }
  expect(type).to.match(/^text\/html/);
  const page = parse(text);
  expect(page.querySelector('html')?.getAttribute('lang')).to.match(/^(nl|en)$/);
  expect(page.querySelector('title')?.text).to.not.equal('');
  expect(page.querySelector('main h1')?.text).to.not.equal('');
}

/** Megabytes that a process has in memory. */
function memoryOf({ process }: ServiceProcess): number {
  const [, kilobytes = '0'] =
    /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_000;
}
