import type { Command } from 'commander';
import { type JsonOption, withJson } from './json-option.ts';
import { readJson } from './read-json.ts';
import { noteDone, print, withInstallation } from './run.ts';

export function addRetention(program: Command): void {
  const retention = program.command('retention').description('how long data is kept');
  withJson(retention.command('show')).description('show how long each kind of data is kept').action(show);
  withJson(retention.command('set'))
    .description('replace how long data is kept by a JSON file; what is left out has its default')
    .argument('<file>')
    .action(set);
  withJson(retention.command('run'))
    .description('erase now what is older, as the service does every hour')
    .action(run);
}

async function show(options: JsonOption): Promise<void> {
  const { getRetention } = await import('../../surveys/retention/index.ts');
  const kept = await withInstallation(() => getRetention());
  print(kept, linesOf(kept), options);
}

async function set(file: string, options: JsonOption): Promise<void> {
  const { putRetention } = await import('../../surveys/retention/index.ts');
  const value = await readJson(file);
  const kept = await withInstallation(async (ctx) => {
    const retention = await putRetention(value);
    await noteDone(ctx, 'retention.changed');
    return retention;
  });
  print(kept, linesOf(kept), options);
}

async function run(options: JsonOption): Promise<void> {
  const { eraseOld } = await import('../../surveys/retention/index.ts');
  const terminal = process.stderr.isTTY;
  const erased = await withInstallation((ctx) =>
    eraseOld(ctx, {
      onProgress: (so) => {
        if (terminal) process.stderr.write(`\r${linesOf(so).replaceAll('\n', ', ')}\u001B[K`);
      },
    }),
  );
  if (terminal) process.stderr.write('\r\u001B[K');
  print(erased, linesOf(erased), options);
}

function linesOf(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
