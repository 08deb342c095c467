import type { Command } from 'commander';
import { type JsonOption, withJson } from './json-option.ts';
import { readJson } from './read-json.ts';
import { noteDone, print, withInstallation } from './run.ts';

export function addSurveys(program: Command): void {
  const surveys = program.command('surveys').description('survey definitions');
  withJson(surveys.command('list')).description('list the published surveys').action(list);
  withJson(surveys.command('publish'))
    .description('publish a definition as the next version of its survey')
    .argument('<file>', 'JSON as in docs/survey-definitions.md')
    .action(publish);
}

async function list(options: JsonOption): Promise<void> {
  const { listSurveys } = await import('../../surveys/definitions/index.ts');
  const surveys = await withInstallation(listSurveys);
  const rows = surveys.map(({ key, version, survey }) => ({ key, version, title: survey.title.nl }));
  const lines = rows.map(({ key, version, title }) => `${`${key}@${version}`.padEnd(40)}${title}`);
  print(rows, lines.length > 0 ? lines.join('\n') : 'No survey is published yet.', options);
}

async function publish(file: string, options: JsonOption): Promise<void> {
  const definition = await readJson(file);
  const { publishSurvey } = await import('../../surveys/definitions/index.ts');
  const { key, version } = await withInstallation(async (ctx) => {
    const published = await publishSurvey(ctx, definition);
    await noteDone(ctx, 'survey.published', published.key);
    return published;
  });
  print({ key, version }, `${key}@${version} is the newest version.`, options);
}
