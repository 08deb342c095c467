import type { Command } from 'commander';
import { type JsonOption, withJson } from './json-option.ts';
import { noteDone, print, withInstallation } from './run.ts';

export function addSignInLink(program: Command): void {
  withJson(program.command('sign-in-link'))
    .description('make a link that signs its user in as an administrator, once, within a day')
    .action(make);
}

async function make(options: JsonOption): Promise<void> {
  const { createSignInLink } = await import('../staff/index.ts');
  const signInLink = await withInstallation(async (ctx, { baseUrl }) => {
    const link = await createSignInLink(ctx, baseUrl);
    await noteDone(ctx, 'signIn.linkMade');
    return link;
  });
  print({ signInLink }, signInLink, options);
}
