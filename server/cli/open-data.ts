import type { Command } from 'commander';
import { type JsonOption, withJson } from './json-option.ts';
import { BadUse, noteDone, print, withInstallation } from './run.ts';

interface PublishOptions extends JsonOption {
  survey: string;
  release?: string;
}

export function addOpenData(program: Command): void {
  const openData = program.command('open-data').description('released tables for everyone');
  withJson(openData.command('publish'))
    .description('publish the tables of a release at /open-data, for good')
    .requiredOption('--survey <key>', 'key of a survey')
    .option('--release <number>', 'number of a release; default the newest')
    .action(publish);
}

async function publish({ survey, release, json }: PublishOptions): Promise<void> {
  if (release !== undefined && !/^[1-9]\d{0,8}$/.test(release)) throw new BadUse('--release is a number.');
  const { publishOpenData } = await import('../open-data/publish.ts');
  const edition = await withInstallation(async (ctx) => {
    const made = await publishOpenData(ctx, survey, release === undefined ? undefined : Number(release));
    await noteDone(ctx, 'openData.published', survey);
    return made;
  });
  const files = edition.files.map(({ name }) => `/open-data/${edition._id}/${name}`);
  print({ survey, release: edition.release, files }, files.join('\n'), { json });
}
