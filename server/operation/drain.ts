import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds that requests under way get to end. */
const grace = 10_000;

/** Ends an HTTP server without breaking off a request. */
export interface Drain {
  /**
   * For `ms` milliseconds requests are still taken, so that who sends them can notice that the process is not ready
   * any more; each answer asks the client to close its connection. Then no connection is taken, those without a request
   * are closed, and the requests under way get ten seconds to end.
   */
  close(ms: number): Promise<void>;
}

/** To be called before the server has another listener for requests. */
export function drainOf(server: Server): Drain {
  const underWay = new Set<ServerResponse>();
  let draining = false;
  server.on('request', (_request, response: ServerResponse) => {
    if (draining) response.shouldKeepAlive = false;
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  return {
    async close(ms) {
      draining = true;
      for (const response of underWay) response.shouldKeepAlive = false;
      if (ms > 0) await pause(ms);
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearTimeout(timer);
    },
  };
}
