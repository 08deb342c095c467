import type { AggregatesQuery } from '../../schemas/generated/aggregates-query.ts';
import type { KeyDimension, Release } from '../../surveys/aggregates/index.ts';

/** A table of an edition: its name in addresses, and how it is read from the release. */
export interface OpenTable {
  name: string;
  keys: KeyDimension[];
  level: 'year' | 'quarter' | 'month';
  query: Pick<AggregatesQuery, 'by' | 'period'>;
}

/** All tables that a release declares, for each of its years (and months and quarters where it has them), and their totals. */
export function tablesOf({ tables }: Pick<Release, 'tables'>): OpenTable[] {
  const found = [openTable([], 'year')];
  for (const { by } of tables) {
    const keys = by.filter((dimension) => dimension !== 'period');
    const levels = by.includes('period') ? (['year', 'quarter', 'month'] as const) : (['year'] as const);
    for (const level of levels) found.push(openTable(keys, level));
    for (const key of keys) found.push(openTable([key], 'year'));
  }
  return [...new Map(found.map((table) => [table.name, table])).values()];
}

function openTable(keys: KeyDimension[], level: OpenTable['level']): OpenTable {
  return {
    name: [...(keys.length === 0 ? ['total'] : keys), level].join('-'),
    keys,
    level,
    query: { by: [...keys, 'period'].join(), period: level },
  };
}
