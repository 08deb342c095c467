import { imapMailbox } from '../jobs/bounces/index.ts';
import { takeKlantcontacten } from '../jobs/open-klant/index.ts';
import type { Place } from '../jobs/place.ts';
import { type Jobs, startJobs } from '../jobs/start.ts';
import { openTransport, outboxDirectory } from '../jobs/transport/index.ts';
import { eraseOldWishes } from '../surveys/callbacks/index.ts';
import type { Context } from '../surveys/context.ts';
import { eraseOldFollowers } from '../surveys/followers/index.ts';
import { keyedHash } from '../surveys/keys.ts';
import { eraseOldNotices } from '../surveys/notices/index.ts';
import { storeName } from '../surveys/store.ts';
import type { Config } from './config.ts';
import { eraseEndedSessions } from './staff/sessions.ts';
import { eraseEndedLinks } from './staff/sign-in-links.ts';

/** Starts the jobs of this process as its settings say. `schedule: false`: they do only what is asked of them. */
export async function startJobsOf(ctx: Context, config: Config, { schedule = true } = {}): Promise<Jobs> {
  const { smtpUrl, production, redisUrl, mailConcurrency, mailsPerSecond, openKlant, notify } = config;
  return startJobs(ctx, {
    transport: openTransport(config),
    settings: config,
    anyHour: !smtpUrl && !notify && !production,
    concurrency: mailConcurrency,
    schedule,
    housekeeping: {
      outbox: outboxDirectory(config.dataDir),
      erasers: {
        sessions: eraseEndedSessions,
        signInLinks: eraseEndedLinks,
        callbacks: eraseOldWishes,
        followers: eraseOldFollowers,
        notices: eraseOldNotices,
      },
      ...(openKlant && { takeKlantcontacten: () => takeKlantcontacten(ctx, openKlant) }),
      ...(config.bounceImapUrl && { mailbox: imapMailbox(config.bounceImapUrl) }),
    },
    ...(mailsPerSecond !== undefined && { mailsPerSecond }),
    ...(redisUrl && { shared: await placeInRedis(ctx, config, redisUrl) }),
  });
}

/** What speaks to Redis is loaded only where there is one: it takes ten megabytes. */
async function placeInRedis(ctx: Context, config: Config, url: string): Promise<Place> {
  const { inRedis } = await import('../jobs/place-in-redis.ts');
  return inRedis(ctx, { url, prefix: queuePrefix(ctx, config) });
}

/**
 * What the keys of this installation in Redis begin with. Without a setting it follows from the secret and the name of
 * the database, which all processes of an installation share, and others on the same Redis don't.
 */
export function queuePrefix({ keys }: Pick<Context, 'keys'>, config: Pick<Config, 'queuePrefix'>): string {
  return config.queuePrefix ?? `golden-ear-${keyedHash(keys.queue, [storeName()], 4)}`;
}
