import { mkdir, statfs } from 'node:fs/promises';
import { checkSmtp } from '../../jobs/transport/index.ts';
import type { Config } from '../config.ts';
import type { Dependencies } from './health.ts';

/** Bytes that must be free where data is kept. */
const room = 64 * 1024 * 1024;

interface Parts {
  /** It sends mail, rolls up and so on. */
  jobs: boolean;
  /** It has pages and an API, for which no queue is needed. */
  web: boolean;
  /** Asks the queue; rejects when it can't be reached. */
  queue: () => Promise<unknown>;
}

/** What a process with these settings needs besides the store. */
export function dependenciesOf(config: Config, { jobs, web, queue }: Parts): Dependencies {
  const { dataDir, mongodbUri, smtpUrl, redisUrl } = config;
  const keepsData = mongodbUri === undefined || (jobs && smtpUrl === undefined);
  return {
    ...(keepsData && { disk: { check: () => checkRoom(dataDir), essential: true, goodFor: 5_000 } }),
    ...(jobs && redisUrl && { redis: { check: queue, essential: !web, goodFor: 2_000 } }),
    ...(jobs && smtpUrl && { smtp: { check: () => checkSmtp(smtpUrl), essential: false, goodFor: 30_000 } }),
  };
}

async function checkRoom(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize < room) throw new Error('The disk is full.');
}
