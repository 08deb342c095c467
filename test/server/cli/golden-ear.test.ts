import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Command } from 'commander';
import packageFile from '../../../package.json' with { type: 'json' };
import { createProgram } from '../../../server/cli/program.ts';
import { goldenEar } from '../../support/service.ts';

describe('The command line tool', () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'golden-ear-cli-'));
  });
  after(() => rmSync(directory, { recursive: true }));
  const run = (...args: string[]) => goldenEar(args, { DATA_DIR: join(directory, 'data') });

  const leaves = leavesOf(createProgram()).filter(([name]) => name !== 'demo');
  for (const [name, command] of leaves) {
    it(`explains "${name}" and can answer programs`, () => {
      expect(command.description()).to.match(/^[a-z]/);
      expect(command.options.map(({ long }) => long)).to.include('--json');
      expect(command.helpInformation()).to.include('--help');
    });
  }

  it('tells how it is used', async () => {
    const { code, stdout } = await run('--help');
    expect(code).to.equal(0);
    expect(stdout).to.include('Usage: golden-ear').and.include('contacts');
  });

  it('tells its version', async () => {
    const { code, stdout } = await run('--version');
    expect([code, stdout]).to.deep.equal([0, `${packageFile.version}\n`]);
  });

  const badUses: [string, string[], RegExp][] = [
    ['an unknown command', ['serv'], /unknown command 'serv'.*\n.*Did you mean serve/],
    ['a missing option', ['token', 'create', '--name', 'kcc'], /--scopes/],
    [
      'an unknown scope',
      ['token', 'create', '--name', 'kcc', '--scopes', 'all'],
      /Unknown: all\. Known: contacts:write/,
    ],
    ['a file that is not there', ['contacts', 'import', 'nowhere.csv'], /There is no file nowhere\.csv/],
    ['half a time', ['contacts', 'import', 'x.csv', '--as-of', '2025-03-25'], /instant with its offset/],
    ['no e-mail address', ['mail', 'test', 'iemand'], /not an e-mail address/],
  ];
  for (const [name, args, message] of badUses) {
    it(`ends with 2 and says why when given ${name}`, async () => {
      const { code, stderr } = await run(...args);
      expect(stderr).to.match(message);
      expect(code).to.equal(2);
    });
  }

  it('lets staff in again: each sign-in link that it makes is another one', async () => {
    const links = [await run('sign-in-link', '--json'), await run('sign-in-link', '--json')].map(
      ({ stdout }) => JSON.parse(stdout).signInLink,
    );
    expect(new Set(links).size).to.equal(2);
    for (const link of links) expect(link).to.match(/^http:\/\/localhost:3000\/sign-in\/[\w-]{43}$/);
  });

  it('names every bad setting at once and ends with 2', async () => {
    const { code, stderr } = await goldenEar(['serve'], { PORT: 'x', SMTP_URL: 'y', NODE_ENV: 'production' });
    expect(code).to.equal(2);
    expect(stderr.trim().split('\n')).to.have.length(3);
  });

  it('refuses to decide as of another time in production', async () => {
    const file = join(directory, 'contacts.ndjson');
    writeFileSync(file, '');
    const { code, stderr } = await goldenEar(
      ['contacts', 'import', file, '--as-of', '2025-03-25T12:00:00Z'],
      {
        NODE_ENV: 'production',
        SECRET_KEY: 'a-secret-of-at-least-32-characters',
        DATA_DIR: join(directory, 'data'),
      },
    );
    expect(stderr).to.include('--as-of');
    expect(code).to.equal(2);
  });
});

/** The commands that do something, by their full name. */
function leavesOf(command: Command, path: string[] = []): [string, Command][] {
  if (command.commands.length === 0) return [[path.join(' '), command]];
  return command.commands.flatMap((one) => leavesOf(one, [...path, one.name()]));
}
