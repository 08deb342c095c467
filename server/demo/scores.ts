import Table from 'cli-table3';
import { readAggregates } from '../../surveys/aggregates/index.ts';
import type { Context } from '../../surveys/context.ts';
import { displayNames } from '../../surveys/municipality/index.ts';

/** Prints the newest release of the customer journey: share satisfied per department and channel, with its interval. */
export async function printScores(ctx: Context): Promise<void> {
  const result = await readAggregates(ctx, { survey: 'customer-journey', by: ['department', 'channel'] });
  const [departments, channels] = [
    await displayNames('department', 'en'),
    await displayNames('channel', 'en'),
  ];
  const table = new Table({
    head: ['Department', 'Channel', 'Answers', 'Mean', 'Satisfied', '95 % interval', 'Goal 80 %'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  });
  for (const row of result.rows) {
    const name = [departments.get(row.department ?? '') ?? 'All', channels.get(row.channel ?? '') ?? 'All'];
    if (row.status === 'suppressed') table.push([...name, 'hidden', '', '', '', '']);
    else table.push([...name, ...figures(row)]);
  }
  console.log(`\nSatisfaction by department and channel, release ${result.release}`);
  console.log(table.toString());
}
