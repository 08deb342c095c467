import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { keyPlace } from './backup.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { BadUse, print } from './run.ts';

interface Options extends JsonOption {
  yes?: boolean;
}

export function addSecretKey(program: Command): void {
  const secretKey = program
    .command('secret-key')
    .description('the key that addresses and opt-outs depend on');
  withJson(secretKey.command('accept'))
    .description(
      'go on with another SECRET_KEY than the store was filled with. Opt-outs, addresses and links of before are lost; sending is paused',
    )
    .option('--yes', 'lose them')
    .action(accept);
}

async function accept(options: Options): Promise<void> {
  const config = loadConfig(process.env);
  if (!options.yes)
    throw new BadUse(
      'With another key nobody who opted out is known any more, and planned mails can not be sent: say --yes to go on with it',
    );
  const { acceptKeyOf } = await import('../accept-key.ts');
  await acceptKeyOf(config);
  const lines = [
    `The store goes on with the key of ${keyPlace(config)}.`,
    'Sending is paused: people who opted out before are not known any more. To go on: golden-ear sending resume',
  ];
  print({ paused: true, secretKey: keyPlace(config) }, lines.join('\n'), options);
}
