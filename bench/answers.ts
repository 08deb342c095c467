import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import mongoose from 'mongoose';
import { loadConfig } from '../server/config.ts';
import { startService } from '../server/start.ts';
import { mintToken } from '../surveys/invitations/tokens.ts';
import { jobsPerSecond } from './support/client.ts';
import { inviteMany } from './support/invitations.ts';
import { report } from './support/report.ts';

/**
 * Answers stored per second over HTTP by 32 clients, against a bare Express route that parses the same body and makes
 * the same two durable writes to the same store; and whole answers: the page fetched, then posted.
 */
const clients = 32;
const answers = 4_000;
const body =
  'overall=8&ease=4&listening=5&treatment=5&clarity=4&leadTime=3&result=yes&trust=4&comment=Goed+geholpen.';

const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-bench-'));
const config = loadConfig({ DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' });
const service = await startService(config, { jobs: false });
const port = Number(new URL(service.url).port);
const bare = await startBareRoute();

const post = (path: string) => [{ path, body }];
const warmUp = 500;
await jobsPerSecond({
  port,
  clients,
  jobs: (await inviteMany(service.ctx, warmUp)).map((token) => post(`/s/${token}`)),
});
await jobsPerSecond({ port: bare.port, clients, jobs: ids(warmUp).map((id) => post(`/${id}`)) });

const baseline = await jobsPerSecond({
  port: bare.port,
  clients,
  jobs: ids(answers).map((id) => post(`/${id}`)),
});
const tokens = await inviteMany(service.ctx, answers);
report(
  'form posts',
  'posts/s',
  await jobsPerSecond({ port, clients, jobs: tokens.map((token) => post(`/s/${token}`)) }),
  baseline,
);

const whole = await inviteMany(service.ctx, answers);
const pages = whole.map((token) => [{ path: `/s/${token}` }, ...post(`/s/${token}`)]);
report('whole answers', 'answers/s', await jobsPerSecond({ port, clients, jobs: pages }), baseline);

bare.close();
await service.close();
rmSync(dataDir, { recursive: true, force: true });

async function startBareRoute() {
  const app = express();
  const [invitations, responses] = ['bareInvitations', 'bareResponses'].map((name) =>
    mongoose.connection.collection<{ _id: string }>(name),
  );
  app.post('/:id', express.urlencoded({ extended: false }), async (request, response) => {
    const { id } = request.params;
    await invitations!.updateOne({ _id: id }, { $set: { state: 'answered' } }, { upsert: true });
    await responses!.updateOne({ _id: id }, { $set: { answers: request.body } }, { upsert: true });
    response.redirect(303, '/');
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

function ids(count: number): string[] {
  return Array.from({ length: count }, mintToken);
}
