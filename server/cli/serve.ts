import type { Command } from 'commander';
import { clockFrom } from '../../surveys/clock.ts';
import { loadConfig } from '../config.ts';
import { endInTime, untilSignal } from '../until-signal.ts';
import { whereToGo } from '../where-to-go.ts';
import { parseInstant } from './instant.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { BadUse, print } from './run.ts';

export function addServe(program: Command): void {
  withJson(program.command('serve'))
    .description('run the service: web and jobs in one process, until SIGTERM or Ctrl-C')
    .option('--no-jobs', 'web only: send no mail, roll up nothing, release nothing')
    .option(
      '--as-of <time>',
      'let the clock start then, for instance 2026-03-10T10:00:00Z (not in production)',
      parseInstant,
    )
    .action(serve);
}

async function serve({ jobs, asOf, json }: JsonOption & { jobs: boolean; asOf?: Date }): Promise<void> {
  const config = loadConfig(process.env);
  const { startService } = await import('../start.ts');
  if (asOf && config.production) throw new BadUse('--as-of is for trying things out; production lives now');
  const asked = untilSignal();
  const service = await startService(config, { jobs, ...(asOf && { clock: clockFrom(asOf) }) });
  const { url, signInLink } = service;
  print({ url, ...(signInLink && { signInLink }) }, whereToGo(service, config).join('\n'), { json });
  await asked;
  await endInTime(service.close, service.ctx.log);
}
