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
  const { cells, sealed, responses } = counts;
  const faults = differences.filter(({ due }) => !due);
  const due = differences.length - faults.length;
  const lines = [
    `${responses} answers in ${cells} cells`,
    ...(sealed > 0
      ? [`${sealed} of them are sealed: their answers were erased, their counts are as sealed.`]
      : []),
    ...faults.map(({ kind, key }) => `${kind} ${key} differs from a recount`),
    ...(faults.length === 0 ? ['A recount gives the same.'] : []),
    ...(due > 0 ? [`${due} cells and volumes wait for the next roll-up.`] : []),
  ];
  print({ cells, sealed, responses, due, differences: faults }, lines.join('\n'), { json });
  if (faults.length > 0) process.exitCode = exitCodes.failed;
}
