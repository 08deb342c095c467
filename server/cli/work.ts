import type { Command } from 'commander';
import { clockFrom } from '../../surveys/clock.ts';
import { loadConfig } from '../config.ts';
import { endInTime, untilSignal } from '../until-signal.ts';
import { parseInstant } from './instant.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { BadUse, print } from './run.ts';

export function addWork(program: Command): void {
  withJson(program.command('work'))
    .description('run jobs only: mail, roll-up, releases, retention, until SIGTERM or Ctrl-C')
    .option(
      '--as-of <time>',
      'let the clock start then, for instance 2026-03-10T10:00:00Z (not in production)',
      parseInstant,
    )
    .action(work);
}

async function work({ asOf, json }: JsonOption & { asOf?: Date }): Promise<void> {
  const config = loadConfig(process.env);
  if (asOf && config.production) throw new BadUse('--as-of is for trying things out; production lives now');
  const { startWorker } = await import('../work.ts');
  const asked = untilSignal();
  const worker = await startWorker(config, asOf && { clock: clockFrom(asOf) });
  print({ working: true }, 'Golden Ear works. Ctrl-C stops.', { json });
  await asked;
  await endInTime(worker.close, worker.ctx.log);
}
