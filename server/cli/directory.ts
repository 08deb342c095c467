import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type JsonOption, withJson } from './json-option.ts';
import { existingFile, exitCodes, noteDone, print, withInstallation } from './run.ts';

export function addDirectory(program: Command): void {
  const directory = program.command('directory').description('names of departments, channels and products');
  withJson(directory.command('import'))
    .description('store names and parents from a CSV file; a bad row never spoils its neighbours')
    .argument('<file>', 'CSV with the columns kind, key, nl, en, parent, email')
    .action(importFile);
}

async function importFile(file: string, options: JsonOption): Promise<void> {
  const text = await readFile(existingFile(file), 'utf8');
  const { importDirectory } = await import('../../surveys/municipality/index.ts');
  const results = await withInstallation(async (ctx) => {
    const rows = await importDirectory(text);
    await noteDone(ctx, 'directory.changed');
    return rows;
  });
  const rejected = results.filter(({ decision }) => decision === 'rejected');
  const lines = [
    `${results.length - rejected.length} stored, ${rejected.length} rejected`,
    ...rejected.map(({ line, errors = [] }) => `line ${line}: ${errors.map(toText).join('; ')}`),
  ];
  print({ stored: results.length - rejected.length, rejected }, lines.join('\n'), options);
  if (rejected.length === results.length) process.exitCode = exitCodes.failed;
}

function toText({ pointer, detail }: { pointer: string; detail: string }): string {
  return `${pointer.slice(1)} ${detail}`.trim();
}
