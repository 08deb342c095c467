import Table from 'cli-table3';
import { readAggregates } from '../../surveys/aggregates/index.ts';
import type { Context } from '../../surveys/context.ts';
import { displayNames } from '../../surveys/municipality/index.ts';

const verdicts = { met: 'met', notMet: 'not met', undecided: 'cannot be said yet' } as const;

/** Prints the newest release of the customer journey: share satisfied per department and channel, with its interval. */
export async function printScores(ctx: Context): Promise<void> {
  const result = await readAggregates(ctx, { survey: 'customer-journey', by: 'department,channel' });
  const [departments, channels] = await Promise.all([
    displayNames('department', 'en'),
    displayNames('channel', 'en'),
  ]);
  const table = new Table({
    head: ['Department', 'Channel', 'Answers', 'Mean', 'Satisfied', '95 % interval', 'Goal 80 %'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  });
  for (const row of [...result.rows, result.total]) {
    const department = departments.get(row.department ?? '') ?? 'All';
    const channel = channels.get(row.channel ?? '') ?? 'All';
    if (row.status === 'suppressed') {
      table.push([department, channel, 'hidden', '', '', '', '']);
      continue;
    }
    const { responses, mean, satisfied, satisfiedInterval, verdict } = row;
    const interval = satisfiedInterval.map(percent).join(' - ');
    table.push([department, channel, responses, mean, percent(satisfied), interval, verdicts[verdict]]);
  }
  console.log(`\nSatisfaction by department and channel (release ${result.release})`);
  console.log(table.toString());
  console.log(`Hidden: fewer than ${result.floor} answers, or another hidden figure would follow from it.`);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
