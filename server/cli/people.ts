import { type Command, Option } from 'commander';
import { roles } from '../auth/permissions.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { BadUse, exitCodes, noteDone, print, withInstallation } from './run.ts';

interface AddOptions extends JsonOption {
  role: string[];
  department: string[];
  language: 'nl' | 'en';
}

export function addPeople(program: Command): void {
  const people = program.command('people').description('members of staff with access');
  withJson(people.command('add'))
    .description('invite somebody by mail, or give who was invited before other roles')
    .argument('<email>', 'their e-mail address')
    .addOption(new Option('--role <role...>', 'what they may do').choices([...roles]).makeOptionMandatory())
    .option('--department <key...>', 'the departments of a coordinator, by their keys', [])
    .addOption(new Option('--language <language>', 'of the mail').choices(['nl', 'en']).default('nl'))
    .action(add);
  withJson(people.command('list')).description('list who has access').action(list);
  withJson(people.command('remove'))
    .description('take all access away and end all sessions, at once')
    .argument('<email>', 'as it is listed')
    .action(remove);
}

async function add(email: string, { role, department, language, json }: AddOptions): Promise<void> {
  const { invitePerson, mailWelcome } = await import('../staff/index.ts');
  const outcome = await withInstallation(async (ctx, config) => {
    if (config.oidc) throw new BadUse('Give people a role at the identity provider; OIDC_ISSUER is set.');
    const access = { email, roles: [...new Set(role)], departments: [...new Set(department)] };
    const { email: address = email } = await invitePerson(ctx, access, (id) =>
      noteDone(ctx, 'person.invited', id),
    );
    return mailWelcome(config, { email: address, language });
  });
  const mailed = outcome.kind === 'accepted';
  const told = mailed ? 'The invitation was mailed.' : 'Access was given, but the mail was not sent.';
  print({ email, roles: role, departments: department, mailed }, told, { json });
}

async function list(options: JsonOption): Promise<void> {
  const { listPeople } = await import('../staff/index.ts');
  const people = (await withInstallation(listPeople)).map(({ _id, accessVersion, ...person }) => person);
  const lines = people.map(({ email, name, origin, roles: held, departments, lastSignIn }) =>
    [email ?? name ?? origin, held.join(','), departments.join(',') || '-', lastSignIn ?? 'never'].join('  '),
  );
  print(people, lines.length > 0 ? lines.join('\n') : 'Nobody has access.', options);
}

async function remove(email: string, options: JsonOption): Promise<void> {
  const { listPeople, removePerson } = await import('../staff/index.ts');
  const removed = await withInstallation(async (ctx) => {
    const named = (await listPeople()).filter(
      (person) => person.email?.toLowerCase() === email.toLowerCase(),
    );
    for (const { _id } of named) {
      await noteDone(ctx, 'person.removed', _id);
      await removePerson(_id);
    }
    return named.length;
  });
  print({ email, removed }, `${removed} removed`, options);
  if (removed === 0) process.exitCode = exitCodes.failed;
}
