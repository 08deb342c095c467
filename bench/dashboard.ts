import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { loadConfig } from '../server/config.ts';
import { startService } from '../server/start.ts';
import { createRelease } from '../surveys/aggregates/index.ts';
import { fixedClock } from '../surveys/clock.ts';
import { noteKeys } from '../surveys/municipality/index.ts';
import type { PagesUnderTest } from '../test/support/pages.ts';
import { signedInAs } from '../test/support/staff.ts';
import { addAnswers, placeKeys, survey } from './support/answered-town.ts';
import { report } from './support/report.ts';

/**
 * The dashboard with departments by channels, as an analyst's browser gets it from the service: 1,000,000 answers that
 * were released, against 10,000. Half of the requests are faster than what is told; the charts
 * are drawn for the first and kept.
 */
const requests = 60;
const small = await town(10_000);
const large = await town(1_000_000);
report('dashboard of 1,000,000 answers', 'ms', large, small);

/** Milliseconds. */
async function town(answers: number): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-bench-'));
  const clock = fixedClock('2027-01-05T09:00:00Z');
  const config = loadConfig({ DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' });
  const service = await startService(config, { jobs: false, clock });
  await addAnswers(answers);
  await noteKeys(service.ctx, placeKeys);
  await createRelease(service.ctx, survey);
  const analyst = await signedInAs(browserAt(service.url, { ...service.ctx, clock }), 'analyst');
  const times: number[] = [];
  for (let request = 0; request < requests; request++) {
    const start = performance.now();
    const { status, text } = await analyst.get('/dashboard');
    times.push(performance.now() - start);
    if (status !== 200 || !text.includes('department-19'))
      throw new Error(`The dashboard answered ${status}.`);
  }
  await service.close();
  rmSync(dataDir, { recursive: true, force: true });
  return times.sort((a, b) => a - b)[requests / 2]!;
}

function browserAt(url: string, ctx: PagesUnderTest['ctx']): PagesUnderTest {
  const request: PagesUnderTest['request'] = async (path, options = {}) => {
    const headers = { accept: 'text/html', ...options.headers };
    const answered = await fetch(url + path, { redirect: 'manual', ...options, headers });
    return { status: answered.status, headers: answered.headers, text: await answered.text() };
  };
  return {
    url,
    ctx,
    request,
    post: (path, fields, headers = {}) =>
      request(path, { method: 'POST', body: new URLSearchParams(fields), headers }),
  };
}
