import { createServer, type RequestListener, type Server } from 'node:http';

/** Milliseconds that a client has to send its headers, and its whole request; how often that is looked at. */
const timeLimits = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 2_000 };

/** Milliseconds after which a connection on which nothing moves is closed, as of a client that does not read. */
const stillness = 120_000;

/** An HTTP server on which no client can hold a place by being slow. */
export function webServer(listener?: RequestListener): Server {
  const server = listener ? createServer(timeLimits, listener) : createServer(timeLimits);
  server.timeout = stillness;
  return server;
}
