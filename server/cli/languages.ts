import type { Command } from 'commander';
import { type JsonOption, withJson } from './json-option.ts';
import { print } from './run.ts';

export function addLanguages(program: Command): void {
  withJson(program.command('languages'))
    .description('say of each language what is a draft and which texts are missing')
    .action(list);
}

async function list(options: JsonOption): Promise<void> {
  const { languageStates } = await import('../languages.ts');
  const states = languageStates();
  const lines = states.flatMap(({ language, status, places }) => [
    `${language}  ${status}`,
    ...places.map(({ place, texts, missing }) => {
      const listed = missing.map((text) => `\n      ${text}`).join('');
      return `  ${place}: ${texts - missing.length} of ${texts}${listed && `, missing:${listed}`}`;
    }),
  ]);
  print(states, lines.join('\n'), options);
}
