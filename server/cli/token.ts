import { type Command, InvalidArgumentError } from 'commander';
import { isScope, type Scope, scopes } from '../auth/scopes.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { print, withInstallation } from './run.ts';

const scopeHelp = Object.entries(scopes).map(([scope, meaning]) => `  ${scope.padEnd(20)}${meaning}`);

export function addToken(program: Command): void {
  const token = program.command('token').description('API tokens');
  withJson(token.command('create'))
    .description('make an API token and print it; it is shown this once')
    .requiredOption('--name <name>', 'who uses it, for instance the system that sends contacts')
    .requiredOption('--scopes <a,b>', 'what it may do, separated by commas', parseScopes)
    .addHelpText('after', `\nScopes:\n${scopeHelp.join('\n')}`)
    .action(create);
}

async function create({ name, scopes: allowed, json }: JsonOption & { name: string; scopes: Scope[] }) {
  const { createToken } = await import('../auth/api-tokens.ts');
  const token = await withInstallation((ctx) => createToken(ctx, { name, scopes: allowed }));
  print({ name, scopes: allowed, token }, token, { json });
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
