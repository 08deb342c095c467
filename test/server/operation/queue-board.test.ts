import type Bull from 'bull';
import { expect } from 'chai';
import { createBullQueue, openBullQueue } from '../../../jobs/queue/bull.ts';
import { openRedis, type RedisLink } from '../../../jobs/queue/redis.ts';
import { queuePrefix } from '../../../server/jobs.ts';
import { useBrowser } from '../../support/browser.ts';
import { usePages } from '../../support/pages.ts';
import { type RedisServer, redisMissing, startRedis } from '../../support/redis.ts';
import { signedInAs } from '../../support/staff.ts';

describe('The board of the queue', () => {
  let redis: RedisServer;
  const env: Record<string, string> = {};
  before(async function () {
    if (redisMissing) this.skip();
    redis = await startRedis();
    env.REDIS_URL = redis.url;
  });
  const links: RedisLink[] = [];
  after(async () => {
    for (const link of links) link.close();
    await redis?.close();
  });
  const pages = usePages(env);
  const browser = useBrowser();

  it('shows administrators the jobs of each kind, without scripts or fonts from elsewhere', async () => {
    const admin = await signedInAs(pages, 'administrator');
    const board = await admin.get('/queue');
    expect(board.status).to.equal(200);
    const policy = board.headers.get('content-security-policy');
    expect(policy)
      .to.include("default-src 'none'")
      .and.include("script-src 'self';")
      .and.include("frame-ancestors 'none'");
    const [script] = /static\/js\/main[^"]+/.exec(board.text) ?? [];
    expect((await admin.get(`/queue/${script}`)).status).to.equal(200);
    const { text } = await admin.get('/queue/api/queues');
    const { queues } = JSON.parse(text) as { queues: { name: string }[] };
    expect(queues.map(({ name }) => name)).to.include.members(['deliver', 'rollUp', 'release']);
  });

  it('works in a browser under its policy, which lets nothing in from elsewhere', async () => {
    const admin = await signedInAs(pages, 'administrator');
    const page = await browser.visitor({ javaScript: true });
    const [name, value] = admin.cookie.split('=');
    await page.context().addCookies([{ name: name!, value: value!, url: pages.url }]);
    const asked: string[] = [];
    page.on('requestfinished', (request) => asked.push(new URL(request.url()).origin));
    await page.goto(`${pages.url}/queue`);
    await page.getByText('rollUp').first().waitFor();
    expect(new Set(asked)).to.deep.equal(new Set([pages.url]));
  });

  it('lets them try a failed job again, from its own pages only', async () => {
    const queue = await failOnce();
    const [job] = await queue.getFailed();
    const admin = await signedInAs(pages, 'administrator');
    const retry = (headers: Record<string, string>) =>
      pages.request(`/queue/api/queues/release/${job!.id}/retry`, {
        method: 'PUT',
        headers: { cookie: admin.cookie, ...headers },
      });
    expect((await retry({ origin: 'https://elders.example' })).status).to.equal(403);
    expect((await retry({})).status).to.equal(403);
    expect((await queue.getJobCounts()).failed).to.equal(1);
    expect((await retry({ origin: pages.url })).status).to.equal(204);
    expect((await queue.getJobCounts()).waiting).to.equal(1);
  });

  it('is for administrators', async () => {
    expect((await pages.request('/queue')).status).to.equal(303);
    const analyst = await signedInAs(pages, 'analyst');
    for (const path of ['/queue', '/queue/api/queues', '/queue/static/js/main.js'])
      expect((await analyst.get(path)).status, path).to.equal(403);
  });

  it('says so when Redis is away', async () => {
    const admin = await signedInAs(pages, 'administrator');
    await redis.kill();
    expect((await admin.get('/queue/api/queues')).status).to.equal(503);
  });

  /** A queue with one job that a worker tried in vain. */
  async function failOnce(): Promise<Bull.Queue> {
    const place = {
      redis: openRedis(redis.url, pages.ctx.log),
      prefix: queuePrefix(pages.ctx, { queuePrefix: undefined }),
    };
    const release = {
      payload: { type: 'object' },
      handle: () => Promise.reject(new Error('in vain')),
      concurrency: 1,
      retry: { attempts: 1, baseMs: 1, maxMs: 1 },
      retention: { completed: 0, failed: 10 },
    };
    const worker = createBullQueue<{ release: object }>({ release }, { ...place, log: pages.ctx.log });
    worker.start();
    await worker.add('release', { survey: 'customer-journey' });
    while ((await worker.counts('release')).failed === 0) await new Promise((turn) => setTimeout(turn, 20));
    await worker.close();
    const link = openRedis(redis.url, pages.ctx.log);
    links.push(link);
    return openBullQueue('release', { ...place, redis: link });
  }
});
