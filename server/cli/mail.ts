import { type Command, Option } from 'commander';
import { type JsonOption, withJson } from './json-option.ts';
import { BadUse, exitCodes, print, withInstallation } from './run.ts';

interface TestOptions extends JsonOption {
  language: 'nl' | 'en';
}

export function addMail(program: Command): void {
  const mail = program.command('mail').description('mail');
  withJson(mail.command('test'))
    .description('send a test mail, by SMTP_URL or to the local outbox')
    .argument('<address>', 'where to')
    .addOption(new Option('--language <language>', 'of the mail').choices(['nl', 'en']).default('nl'))
    .action(test);
}

async function test(address: string, { language, json }: TestOptions): Promise<void> {
  const { normaliseEmail } = await import('../../surveys/recipients/index.ts');
  if (!normaliseEmail(address)) throw new BadUse(`"${address}" is not an e-mail address`);
  const { testMail } = await import('../../jobs/mail/index.ts');
  const { openTransport } = await import('../../jobs/transport/index.ts');
  const { getMunicipality } = await import('../../surveys/municipality/index.ts');
  const outcome = await withInstallation(async (_ctx, config) => {
    const transport = openTransport(config);
    const mail = testMail(config, { to: address, municipality: await getMunicipality(), language });
    const sent = await transport.send(mail);
    await transport.close();
    return sent;
  });
  const told = outcome.kind === 'accepted' ? 'The mail was accepted.' : `Not sent: ${outcome.reason}`;
  print(outcome, told, { json });
  if (outcome.kind !== 'accepted') process.exitCode = exitCodes.failed;
}
