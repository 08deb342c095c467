import type { Command } from 'commander';
import { type JsonOption, withJson } from './json-option.ts';
import { print, withInstallation } from './run.ts';

export function addSignInLink(program: Command): void {
  withJson(program.command('sign-in-link'))
    .description('make a link that signs its user in as an administrator, once, within a day')
    .action(make);
}

async function make(options: JsonOption): Promise<void> {
  const { createSignInLink } = await import('../staff/index.ts');
  const signInLink = await withInstallation((ctx, { baseUrl }) => createSignInLink(ctx, baseUrl));
  print({ signInLink }, signInLink, options);
}
