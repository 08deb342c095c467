import type { Command } from 'commander';
import { type JsonOption, withJson } from './json-option.ts';
import { readJson } from './read-json.ts';
import { noteDone, print, withInstallation } from './run.ts';

export function addMunicipality(program: Command): void {
  const municipality = program.command('municipality').description('who the municipality is');
  withJson(municipality.command('set'))
    .description('set name, sender, contact details, logo and theme from a JSON file')
    .argument('<file>', 'JSON as in schemas/municipality.schema.json')
    .action(set);
}

async function set(file: string, options: JsonOption): Promise<void> {
  const value = await readJson(file);
  const { putMunicipality } = await import('../../surveys/municipality/index.ts');
  const kept = await withInstallation(async (ctx) => {
    const municipality = await putMunicipality(value);
    await noteDone(ctx, 'municipality.changed');
    return municipality;
  });
  print(kept, `This installation now serves ${kept.name}.`, options);
}
