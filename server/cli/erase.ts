import type { Command } from 'commander';
import { type JsonOption, withJson } from './json-option.ts';
import { BadUse, print, withInstallation } from './run.ts';

export function addErase(program: Command): void {
  withJson(program.command('erase'))
    .description('erase the address of a resident who asks for it; no survey is ever sent to it again')
    .argument('<address>', 'an e-mail address, a phone number, or a postcode with house number')
    .action(erase);
}

async function erase(address: string, options: JsonOption): Promise<void> {
  const { operatorName } = await import('../audit/index.ts');
  const { eraseForResident } = await import('../erasure/erase-for-resident.ts');
  const erased = await withInstallation((ctx, config) =>
    eraseForResident(ctx, config, address, { who: operatorName }),
  );
  if (!erased)
    throw new BadUse('That is no e-mail address, no phone number, and no postcode with house number.');
  const { cancelled, copies, outbox } = erased;
  const lines = [
    `Mails that do not go: ${cancelled}. Sealed copies erased: ${copies}. Mails in the local outbox erased: ${outbox}.`,
    'What stays: a keyed hash, so that no mail goes there again; answers, of which nobody knows whose they are;',
    'and outside this program delivered mails, the log of the mail server, and backups until their time is over.',
  ];
  print(erased, lines.join('\n'), options);
}
