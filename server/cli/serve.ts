import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { print } from './run.ts';

export function addServe(program: Command): void {
  withJson(program.command('serve'))
    .description('run the service: web and jobs in one process, until SIGTERM or Ctrl-C')
    .option('--no-jobs', 'web only: send no mail, roll up nothing, release nothing')
    .action(serve);
}

async function serve({ jobs, json }: JsonOption & { jobs: boolean }): Promise<void> {
  const config = loadConfig(process.env);
  const { startService } = await import('../start.ts');
  const service = await startService(config, { jobs });
  const { url, signInLink } = service;
  const lines = [`Golden Ear is at ${url}`];
  if (signInLink) lines.push(`First sign-in, once: ${signInLink}`);
  if (!config.smtpUrl && !config.production) lines.push(`Mails are kept in the outbox: ${url}/outbox`);
  print({ url, ...(signInLink && { signInLink }) }, lines.join('\n'), { json });
  await untilSignal();
  await service.close();
}

/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once, as is usual. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const heard = () => {
      process.off('SIGTERM', heard).off('SIGINT', heard);
      resolve();
    };
    process.on('SIGTERM', heard).on('SIGINT', heard);
  });
}
