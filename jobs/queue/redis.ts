import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { within } from './within.ts';

/** Connections to one Redis that belong together: told of as one, and closed together. */
export interface RedisLink {
  /** For commands of short duration. */
  client: Redis;
  /** Another connection: for commands that block, or for subscriptions. */
  connect(): Redis;
  /** Says that a command failed because of Redis; logged where it is news. */
  failed(error: unknown): void;
  /** Closes at once. Commands under way are rejected. */
  close(): void;
}

/** Milliseconds: to connect, at most between two attempts at that, and for the answer to a ping. */
const times = { connect: 5_000, longestPause: 2_000, answer: 5_000 };

/**
 * Connects to a `redis://` or `rediss://` address, and again whenever the connection is lost. Commands wait for the
 * connection: a caller who can't wait looks at it first (`whenReady`). The log gets one line when Redis fails and one
 * when it is back, without address or password. `betweenPings`: milliseconds; `meanwhile`: what Redis failing means here.
 */
export function openRedis(
  url: string,
  log: Logger,
  { betweenPings = 10_000, meanwhile = 'what is due waits in the store' } = {},
): RedisLink {
  const connections: Redis[] = [];
  let fault: string | undefined;
  let closed = false;

  function failed(error: unknown): void {
    // Another connection may still be failing when this one is there again.
    if (closed || fault !== undefined || (ofConnection(error) && client.status === 'ready')) return;
    fault = faultCode(error);
    log.warn({ code: fault }, `Redis fails; ${meanwhile}`);
  }

  function works(): void {
    if (fault !== undefined) log.info('Redis works again');
    fault = undefined;
  }

  function connect(readyCheck = false): Redis {
    const connection = new Redis(url, {
      maxRetriesPerRequest: null,
      // Bull asks for connections without this check, where they block or subscribe.
      enableReadyCheck: readyCheck,
      connectTimeout: times.connect,
      retryStrategy: (attempt) => Math.min(attempt * 100, times.longestPause),
      // After a failover the old primary takes no writes; another connection finds the new one.
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
    });
    // Each queue listens to the connection it shares with the others.
    connection.setMaxListeners(0);
    connection.on('error', failed);
    connections.push(connection);
    return connection;
  }

  const client = connect(true);
  client.on('ready', works);
  // A network that swallows everything ends no connection, and a blocking command waits in silence anyway.
  const heartbeat = setInterval(async () => {
    if (client.status !== 'ready') return;
    try {
      await within(times.answer, client.ping());
      works();
    } catch (error) {
      if (closed) return;
      failed(error);
      for (const connection of connections) connection.disconnect(true);
    }
  }, betweenPings);
  return {
    client,
    connect: () => connect(),
    failed,
    close() {
      closed = true;
      clearInterval(heartbeat);
      for (const connection of connections) connection.disconnect();
    },
  };
}

/** Resolves to whether the connection can be used, now or within so many milliseconds. */
export function whenReady(connection: Redis, ms: number): Promise<boolean> {
  if (connection.status === 'ready') return Promise.resolve(true);
  return new Promise((resolve) => {
    const settle = (ready: boolean) => {
      clearTimeout(timer);
      connection.off('ready', onReady).off('end', onEnd);
      resolve(ready);
    };
    const onReady = () => settle(true);
    const onEnd = () => settle(false);
    const timer = setTimeout(onEnd, ms);
    connection.once('ready', onReady).once('end', onEnd);
  });
}

/** Whether it is about a connection that could not be made or broke, not about a command. */
function ofConnection(error: unknown): boolean {
  return error instanceof AggregateError || (error instanceof Error && 'syscall' in error);
}

/** What kind of fault it is, in Node's or Redis's own word, such as ECONNREFUSED or NOAUTH; never their sentence. */
function faultCode(error: unknown): string {
  if (!(error instanceof Error)) return 'EUNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return /^[A-Z]{2,20}(?= )/.exec(error.message)?.[0] ?? error.name;
}
