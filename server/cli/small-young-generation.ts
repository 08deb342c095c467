import { spawn } from 'node:child_process';
import { once } from 'node:events';

const option = '--max-semi-space-size';

/** Whether this process was started with a size for its young generation. */
export function hasYoungGenerationSize(): boolean {
  return [...process.execArgv, process.env.NODE_OPTIONS ?? ''].some((given) => given.includes(option));
}

/**
 * Runs the command line of this process once more, in a process whose young generation is small, and takes over how it
 * ended. For what streams: buffers that were read and passed on are held until the young generation is full, which is
 * most of the memory then. V8 takes the size at its start only, so that it can't be set from within.
 */
export async function runWithSmallYoungGeneration(): Promise<void> {
  const again = [`${option}=4`, ...process.execArgv, ...process.argv.slice(1)];
  const child = spawn(process.execPath, again, { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; whoever sends a signal to this process means the one that works.
  const passOn = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', passOn).on('SIGTERM', passOn);
  try {
    const [code] = await once(child, 'exit');
    process.exitCode = typeof code === 'number' ? code : 1;
  } finally {
    process.off('SIGINT', passOn).off('SIGTERM', passOn);
  }
}
