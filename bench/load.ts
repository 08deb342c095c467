import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createToken } from '../server/auth/api-tokens.ts';
import { loadConfig } from '../server/config.ts';
import { seededRandom } from '../server/demo/random.ts';
import { openInstallation } from '../server/installation.ts';
import { createRelease, rollUp } from '../surveys/aggregates/index.ts';
import { clockFrom } from '../surveys/clock.ts';
import type { Context } from '../surveys/context.ts';
import { recordResponses } from '../surveys/responses/index.ts';
import { startBuiltService } from './support/built-service.ts';
import { inviteMany } from './support/invitations.ts';
import { type PacedCall, pacedLoad } from './support/paced-client.ts';
import { report } from './support/report.ts';
import { startSmtpSink } from './support/smtp-sink.ts';

/**
 * A town's busy hour: 50 requests a second for five minutes (LOAD_SECONDS says otherwise), open loop, each timed from
 * the moment at which it was meant to go, so that a server that stalls is charged for all that had to wait. One process
 * of the compiled service on the embedded store, its jobs running: mails go out and answers are counted meanwhile.
 */
const perSecond = 50;
const seconds = Number(process.env.LOAD_SECONDS ?? 300);
const count = perSecond * seconds;
const asOf = new Date('2026-03-10T09:00:00Z');
const random = seededRandom(1);

const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-bench-'));
const sink = await startSmtpSink();
// All of the town comes from one network address.
const env = {
  DATA_DIR: dataDir,
  SMTP_URL: sink.url,
  LOG_LEVEL: 'error',
  RATE_LIMITS: 'visitor=100000,key=100000',
};
const service = await startBuiltService(env, ['--as-of', asOf.toISOString()]);
const { tokens, apiToken } = await prepare();

/** Of its own, and with what is mapped of the data file, which the system takes back when others need it. */
const memory = { RssAnon: [] as number[], VmRSS: [] as number[] };
const watch = setInterval(() => {
  for (const [kind, all] of Object.entries(memory)) all.push(megabytes(kind));
}, 1_000);
const { latencies, errors } = await pacedLoad({
  port: Number(new URL(service.url).port),
  perSecond,
  calls: Array.from({ length: count }, (_, n) => callOf(n)),
});
clearInterval(watch);

latencies.sort((a, b) => a - b);
const quantile = (share: number) =>
  latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))]!;
report('load: median', 'ms', quantile(0.5), 100);
report('load: 99th percentile', 'ms', quantile(0.99), 100);
report('load: slowest', 'ms', quantile(1));
report('load: requests answered otherwise than meant', 'requests', errors.length);
for (const error of new Set(errors)) console.error(error);
reportMemory('load: memory', memory.RssAnon);
reportMemory('load: memory with what is mapped of the store', memory.VmRSS);

await service.stop();
await sink.close();
rmSync(dataDir, { recursive: true, force: true });

/** 44 % pages of residents, 20 % posted answers, 20 % contacts, 10 % figures, 6 % other pages. */
function callOf(n: number): PacedCall {
  const token = tokens[n]!;
  const draw = random();
  if (draw < 0.44) return { path: `/s/${token}`, expected: 200 };
  if (draw < 0.64) {
    const body = `overall=${1 + Math.floor(random() * 10)}&ease=4&clarity=4&leadTime=3&result=yes&comment=Goed+geholpen.`;
    return { path: `/s/${token}`, body, type: 'application/x-www-form-urlencoded', expected: 303 };
  }
  if (draw < 0.84) {
    const body = JSON.stringify({
      source: 'load',
      id: String(n),
      occurredAt: '2026-03-06T14:00:00Z',
      department: `department-${n % 20}`,
      channel: 'counter',
      recipient: { email: `resident-${n}@inwoners.example` },
    });
    return { path: '/v1/contacts', body, type: 'application/json', bearer: apiToken, expected: 202 };
  }
  if (draw < 0.94) {
    const path = '/v1/aggregates?survey=customer-journey&by=department,channel&period=year';
    return { path, bearer: apiToken, expected: 200 };
  }
  return { path: draw < 0.97 ? '/genuine' : '/', expected: 200 };
}

/** From this process, which joins the store: links to answer, a key for the API, a release to read. */
async function prepare(): Promise<{ tokens: string[]; apiToken: string }> {
  const { ctx, close } = await openInstallation(loadConfig(env), clockFrom(asOf));
  const tokens = await inviteMany(ctx, count);
  const apiToken = await createToken(ctx, { name: 'load', scopes: ['contacts:write', 'aggregates:read'] });
  await release(ctx);
  await close();
  return { tokens, apiToken };
}

async function release(ctx: Context): Promise<void> {
  for (let batch = 0; batch < 4; batch += 1) {
    const items = Array.from({ length: 1_000 }, (_, n) => ({
      survey: 'customer-journey',
      department: `department-${n % 20}`,
      channel: ['counter', 'phone', 'email', 'website'][n % 4],
      mode: 'web',
      answerDate: '2026-02-10',
      externalId: `${batch}-${n}`,
      answers: { overall: 1 + Math.floor(random() * 10), ease: 1 + Math.floor(random() * 5) },
    }));
    await recordResponses(ctx, items);
  }
  await rollUp(ctx);
  await createRelease(ctx, 'customer-journey');
}

/** The last fifth of the run beside the second. */
function reportMemory(name: string, all: number[]): void {
  const early = all.slice(all.length / 5, (2 * all.length) / 5);
  report(name, 'MB', mean(all.slice((-1 * all.length) / 5)), mean(early));
}

function megabytes(kind: string): number {
  const status = readFileSync(`/proc/${service.pid}/status`, 'utf8');
  return Number(new RegExp(`^${kind}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024;
}

function mean(numbers: number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
