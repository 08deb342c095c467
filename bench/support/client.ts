import { fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';

/** One HTTP request of a load: `body` makes it a form post. */
export interface Call {
  path: string;
  body?: string;
}

interface Load {
  port: number;
  clients: number;
  /** Each client takes the next job when it is free, and makes its calls one after the other. */
  jobs: Call[][];
}

/**
 * Runs jobs against a local server from a process of its own, so that the client's work is not the server's.
 * @returns jobs per second. Rejects when an answer is neither 2xx nor 3xx.
 */
export function jobsPerSecond(load: Load): Promise<number> {
  const client = fork(new URL(import.meta.url), { execArgv: ['--import', 'tsx'] });
  client.send(load);
  return new Promise((resolve, reject) => {
    client.once('message', (rate) => resolve(Number(rate)));
    client.once('exit', (code) => reject(new Error(`The client ended with code ${code}`)));
  });
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  process.once('message', async (load) => {
    process.send?.(await run(load as Load));
    process.disconnect();
  });
}

async function run({ port, clients, jobs }: Load): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const started = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let job = jobs[next++]; job; job = jobs[next++])
        for (const call of job) await send(port, agent, call);
    }),
  );
  const rate = jobs.length / ((performance.now() - started) / 1000);
  agent.destroy();
  return rate;
}

function send(port: number, agent: Agent, { path, body }: Call): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers =
      body === undefined
        ? {}
        : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) };
    const outgoing = request(
      { port, host: '127.0.0.1', path, agent, method: body === undefined ? 'GET' : 'POST', headers },
      (answer) => {
        const status = answer.statusCode ?? 0;
        answer.resume();
        answer.on('end', () =>
          status < 400 ? resolve() : reject(new Error(`${path.slice(0, 3)} answered ${status}`)),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
