import type { Command } from 'commander';
import { type JsonOption, withJson } from './json-option.ts';
import { noteDone, print, withInstallation } from './run.ts';

interface ReleaseOptions extends JsonOption {
  survey?: string;
}

export function addRelease(program: Command): void {
  withJson(program.command('release'))
    .description('count what is new and release the scores now')
    .option('--survey <key>', 'of this survey only')
    .action(release);
}

async function release({ survey, json }: ReleaseOptions): Promise<void> {
  const { createRelease, rollUp } = await import('../../surveys/aggregates/index.ts');
  const { listSurveys } = await import('../../surveys/definitions/index.ts');
  const released = await withInstallation(async (ctx) => {
    await rollUp(ctx);
    const keys = survey ? [survey] : (await listSurveys()).map(({ key }) => key);
    const releases: { survey: string; release: number }[] = [];
    for (const key of keys) {
      const made = await createRelease(ctx, key);
      releases.push({ survey: key, release: made.number });
      await noteDone(ctx, 'figures.released', key);
    }
    return releases;
  });
  const lines = released.map((one) => `${one.survey}: release ${one.release}`);
  print(released, lines.join('\n'), { json });
}
