import { fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';

/** A request and the status that it must get. With a body it is a POST. */
export interface PacedCall {
  path: string;
  body?: string;
  type?: string;
  bearer?: string;
  expected: number;
}

interface PacedLoad {
  port: number;
  perSecond: number;
  calls: PacedCall[];
}

export interface PacedResult {
  /** Milliseconds from the moment at which each call was meant to go to the end of its answer. */
  latencies: number[];
  /** What went otherwise than meant. */
  errors: string[];
}

/**
 * Makes calls at a steady pace, whatever becomes of those before (an open loop), from a process of its own.
 */
export function pacedLoad(load: PacedLoad): Promise<PacedResult> {
  const client = fork(new URL(import.meta.url), { execArgv: ['--import', 'tsx'], serialization: 'advanced' });
  client.send(load);
  return new Promise((resolve, reject) => {
    client.once('message', (result) => resolve(result as PacedResult));
    client.once('exit', (code) => reject(new Error(`The client ended with code ${code}`)));
  });
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  process.once('message', async (load) => {
    const result = await run(load as PacedLoad);
    process.send?.(result, () => process.disconnect());
  });
}

async function run({ port, perSecond, calls }: PacedLoad): Promise<PacedResult> {
  const agent = new Agent({ keepAlive: true });
  const result: PacedResult = { latencies: [], errors: [] };
  const started = performance.now() + 100;
  await Promise.all(
    calls.map(async (call, n) => {
      const meant = started + (n * 1_000) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, meant - performance.now()));
      const outcome = await send(port, agent, call);
      result.latencies.push(performance.now() - meant);
      if (outcome !== call.expected) result.errors.push(`${call.path.slice(0, 3)}: ${outcome}`);
    }),
  );
  agent.destroy();
  return result;
}

function send(port: number, agent: Agent, { path, body, type, bearer }: PacedCall): Promise<number | string> {
  return new Promise((resolve) => {
    const headers = {
      ...(body !== undefined && { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
      ...(bearer && { authorization: `Bearer ${bearer}` }),
    };
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request({ port, host: '127.0.0.1', path, agent, method, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', (error) => resolve(error.message));
    sent.end(body);
  });
}
