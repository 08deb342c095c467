import type { Command } from 'commander';
import { type JsonOption, withJson } from './json-option.ts';
import { exitCodes, print, withInstallation } from './run.ts';

export function addCells(program: Command): void {
  const cells = program.command('cells').description('cells: the counts that scores are made of');
  withJson(cells.command('check'))
    .description('recount all answers and contacts and compare with the cells; fails when they differ')
    .action(check);
}

async function check({ json }: JsonOption): Promise<void> {
  const { checkCells, countCells } = await import('../../surveys/aggregates/index.ts');
  const { counts, differences } = await withInstallation(async () => ({
    counts: await countCells(),
    differences: await checkCells(),
  }));
  const { cells, responses } = counts;
  const lines = [
    `${responses} answers in ${cells} cells`,
    ...differences.map(({ kind, key }) => `${kind} ${key} differs from a recount`),
    ...(differences.length === 0 ? ['A recount gives the same.'] : []),
  ];
  print({ cells, responses, differences }, lines.join('\n'), { json });
  if (differences.length > 0) process.exitCode = exitCodes.failed;
}
