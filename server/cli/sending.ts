import type { Command } from 'commander';
import { type JsonOption, withJson } from './json-option.ts';
import { noteDone, print, withInstallation } from './run.ts';

export function addSending(program: Command): void {
  const sending = program.command('sending').description('all mail at once');
  withJson(sending.command('pause'))
    .description('stop all mail; what is due waits')
    .action((options: JsonOption) => setPaused(true, options));
  withJson(sending.command('resume'))
    .description('restart mail')
    .action((options: JsonOption) => setPaused(false, options));
}

async function setPaused(paused: boolean, options: JsonOption): Promise<void> {
  const { setSendingPaused } = await import('../../surveys/invitations/index.ts');
  await withInstallation(async (ctx) => {
    await setSendingPaused(paused);
    await noteDone(ctx, paused ? 'sending.paused' : 'sending.resumed');
  });
  print({ paused }, paused ? 'Sending is paused.' : 'Sending goes on.', options);
}
