/** What an import did: rows per decision, and per decision and reason. */
export interface ImportSummary {
  rows: number;
  dryRun: boolean;
  /** For instance `{ invited: 214, skipped: 5916, rejected: 0 }`. */
  decisions: Record<string, number>;
  /** For instance `{ skipped: { tooOld: 5895 } }`; a decision without a reason is left out. */
  reasons: Record<string, Record<string, number>>;
}

export function emptySummary(decisions: string[], dryRun: boolean): ImportSummary {
  return {
    rows: 0,
    dryRun,
    decisions: Object.fromEntries(decisions.map((decision) => [decision, 0])),
    reasons: {},
  };
}

/** Counts one row. */
export function count(
  summary: ImportSummary,
  { decision, reason }: { decision: string; reason?: string | undefined },
) {
  summary.rows++;
  summary.decisions[decision] = (summary.decisions[decision] ?? 0) + 1;
  if (reason === undefined) return;
  const reasons = summary.reasons[decision] ?? {};
  summary.reasons[decision] = { ...reasons, [reason]: (reasons[reason] ?? 0) + 1 };
}

/** The summary as lines of text for a terminal. */
export function formatSummary({ rows, dryRun, decisions, reasons }: ImportSummary): string {
  const lines = Object.entries(decisions).flatMap(([decision, number]): [string, number][] => [
    [decision, number],
    ...Object.entries(reasons[decision] ?? {})
      .sort(([, a], [, b]) => b - a)
      .map(([reason, part]): [string, number] => [`  ${reason}`, part]),
  ]);
  const all: [string, number][] = [...lines, [dryRun ? 'rows (dry run: nothing stored)' : 'rows', rows]];
  const width = Math.max(...all.map(([label]) => label.length));
  return all.map(([label, number]) => `${label.padEnd(width)}  ${String(number).padStart(9)}`).join('\n');
}
