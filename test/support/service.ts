import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './free-port.ts';
import { storeSettings } from './mongodb.ts';

const root = new URL('../..', import.meta.url).pathname;

export interface RunningProcess {
  process: ChildProcess;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it as an operator would; resolves to the exit code. */
  stop(): Promise<number | null>;
  /** What it has written so far. */
  output(): string;
}

export interface ServiceProcess extends RunningProcess {
  url: string;
}

let built = false;

/** Runs one `golden-ear` command, compiled as in production; resolves to its exit code and output. */
export async function goldenEar(
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = start(args, env);
  const [stdout, stderr] = [collect(child.stdout!), collect(child.stderr!)];
  const [code] = await once(child, 'close');
  return { code, stdout: stdout(), stderr: stderr() };
}

/** Starts `golden-ear serve` as a process of its own, on a free port, and waits until it is ready. */
export async function startServiceProcess(
  env: Record<string, string>,
  args: string[] = [],
): Promise<ServiceProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = start(['serve', ...args], { PORT: String(port), HOST: '127.0.0.1', BASE_URL: url, ...env });
  return { url, ...(await whenRunning(child, () => isReady(url))) };
}

/** Starts `golden-ear work` as a process of its own and waits until it works. */
export async function startWorkerProcess(
  env: Record<string, string>,
  args: string[] = [],
): Promise<RunningProcess> {
  const child = start(['work', '--json', ...args], env);
  return whenRunning(child, async (output) => output().includes('{"working":true}'));
}

async function whenRunning(
  child: ChildProcess,
  runs: (output: () => string) => Promise<boolean>,
): Promise<RunningProcess> {
  const [stdout, stderr] = [collect(child.stdout!), collect(child.stderr!)];
  const output = () => `${stdout()}\n${stderr()}`;
  const ended = once(child, 'exit');
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    const [code] = await ended;
    return code;
  };
  while (!(await runs(output))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The process did not start:\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return {
    process: child,
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
    output,
  };
}

function start(args: string[], env: Record<string, string>): ChildProcess {
  if (!built) execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
  built = true;
  return spawn(process.execPath, ['dist/server/cli/golden-ear.js', ...args], {
    cwd: root,
    env: { ...process.env, ...env, ...(env.DATA_DIR && storeSettings(env.DATA_DIR)) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return () => text;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    return false;
  }
}
