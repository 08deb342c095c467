import { type Command, InvalidArgumentError } from 'commander';
import { isScope, type Scope, scopes } from '../auth/scopes.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { exitCodes, noteDone, print, withInstallation } from './run.ts';

const scopeHelp = Object.entries(scopes).map(([scope, meaning]) => `  ${scope.padEnd(20)}${meaning}`);

export function addToken(program: Command): void {
  const token = program.command('token').description('API tokens');
  withJson(token.command('create'))
    .description('make an API token and print it; it is shown this once')
    .requiredOption('--name <name>', 'who uses it, for instance the system that sends contacts')
    .requiredOption('--scopes <a,b>', 'what it may do, separated by commas', parseScopes)
    .option('--departments <a,b>', 'limit it to these departments, by their keys', parseList)
    .option('--ends-on <day>', 'the last day on which it works, for instance 2027-06-30')
    .addHelpText('after', `\nScopes:\n${scopeHelp.join('\n')}`)
    .action(create);
  withJson(token.command('list')).description('list the tokens by name, not their text').action(list);
  withJson(token.command('revoke'))
    .description('end all tokens of a name at once')
    .argument('<name>', 'as given when they were made')
    .action(revoke);
}

interface CreateOptions extends JsonOption {
  name: string;
  scopes: Scope[];
  departments?: string[];
  endsOn?: string;
}

async function create({ json, ...request }: CreateOptions): Promise<void> {
  const { createToken } = await import('../auth/api-tokens.ts');
  const token = await withInstallation((ctx) =>
    createToken(ctx, request, (made) => noteDone(ctx, 'key.made', made)),
  );
  print({ ...request, token }, token, { json });
}

async function list(options: JsonOption): Promise<void> {
  const { listTokens } = await import('../auth/api-tokens.ts');
  const tokens = await withInstallation(listTokens);
  const shown = tokens.map(({ _id, ...token }) => token);
  const lines = shown.map((one) =>
    [
      one.createdAt.toISOString().slice(0, 10),
      one.name,
      one.scopes.join(','),
      one.departments.length > 0 ? `for ${one.departments.join(',')}` : 'for all departments',
      one.endsOn ? `until ${one.endsOn}` : 'without end',
      one.lastUsed ? `used ${one.lastUsed}` : 'never used',
    ].join('  '),
  );
  print(shown, lines.length > 0 ? lines.join('\n') : 'There are no tokens.', options);
}

async function revoke(name: string, options: JsonOption): Promise<void> {
  const { revokeTokens } = await import('../auth/api-tokens.ts');
  const revoked = await withInstallation(async (ctx) => {
    const ended = await revokeTokens(name);
    if (ended > 0) await noteDone(ctx, 'key.revoked', name);
    return ended;
  });
  print({ name, revoked }, `${revoked} revoked`, options);
  if (revoked === 0) process.exitCode = exitCodes.failed;
}

function parseScopes(text: string): Scope[] {
  const given = text.split(',').map((scope) => scope.trim());
  const known = given.filter(isScope);
  if (known.length < given.length) {
    const unknown = given.filter((scope) => !isScope(scope));
    throw new InvalidArgumentError(
      `Unknown: ${unknown.join(', ')}. Known: ${Object.keys(scopes).join(', ')}.`,
    );
  }
  return [...new Set(known)];
}

function parseList(text: string): string[] {
  return text.split(',').map((one) => one.trim());
}
