import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Starts the compiled service (`npm run build` first) on a free port; resolves once it says where it is. */
export async function startBuiltService(env: Record<string, string>, args: string[] = []) {
  const root = new URL('../..', import.meta.url).pathname;
  const child = spawn(process.execPath, ['dist/server/cli/golden-ear.js', 'serve', '--json', ...args], {
    cwd: root,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const { url } = JSON.parse(String(line)) as { url: string };
  return {
    url,
    pid: child.pid!,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
