import Table from 'cli-table3';
import type { AggregateRow } from '../../schemas/generated/aggregate-row.ts';
import { readAggregates } from '../../surveys/aggregates/index.ts';
import { displayNames } from '../../surveys/municipality/index.ts';

const survey = 'customer-journey';
const verdicts = { met: 'met', notMet: 'not met', undecided: 'cannot be said yet' } as const;

/**
 * Prints the newest release of the customer journey: share satisfied with its interval, for each department
 * and for those of its channels that may be shown.
 */
export async function printScores(): Promise<void> {
  const [totals, cells, departments, channels] = await Promise.all([
    readAggregates({ survey, by: 'department' }),
    readAggregates({ survey, by: 'department,channel' }),
    displayNames('department', 'en'),
    displayNames('channel', 'en'),
  ]);
  const table = new Table({
    head: ['Department', 'Channel', 'Answers', 'Mean', 'Satisfied', '95 % interval', 'Goal 80 %'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'left'],
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    style: { head: [], border: [] },
  });
  for (const total of totals.rows) {
    table.push([departments.get(total.department ?? '') ?? 'Unknown', 'all', ...figures(total)]);
    for (const cell of cells.rows.filter(({ department }) => department === total.department)) {
      if (cell.status !== 'suppressed')
        table.push(['', channels.get(cell.channel ?? '') ?? 'Unknown', ...figures(cell)]);
    }
  }
  if (totals.total) table.push(['All', 'all', ...figures(totals.total)]);
  const hidden = cells.rows.filter(({ status }) => status === 'suppressed').length;
  console.log(`\nSatisfaction by department and channel, release ${cells.release}`);
  console.log(table.toString());
  console.log(
    `${hidden} of ${cells.rows.length} combinations are hidden: fewer than ${cells.floor} answers, or one that is would follow from them.`,
  );
}

function figures({ status, responses, mean, satisfied, satisfiedInterval, verdict }: AggregateRow): string[] {
  if (status === 'suppressed') return ['hidden', '', '', '', ''];
  return [
    String(responses),
    mean?.toFixed(1) ?? '',
    satisfied === undefined ? '' : percent(satisfied),
    satisfiedInterval?.map(percent).join(' - ') ?? '',
    verdict ? verdicts[verdict] : '',
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
