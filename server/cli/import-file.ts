import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Progress } from '../../surveys/files/progress.ts';
import { formatSummary, type ImportSummary } from '../../surveys/files/summary.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { existingFile, exitCodes, print } from './run.ts';

export interface ImportOptions extends JsonOption {
  dryRun?: boolean;
  rejected?: string;
}

interface How {
  file: string;
  dryRun: boolean;
  rejectedFile: string;
  onProgress(progress: Progress): void;
}

/** The options that every import of a file has. */
export function addImportOptions(command: Command): Command {
  return withJson(command)
    .option('--dry-run', 'decide about every row and store nothing')
    .option(
      '--rejected <file>',
      'where to write rejected rows with the reason (default: FILE.rejected.csv here)',
    );
}

/** Imports a file with a progress bar, then prints the summary. Fails when nothing in the file was valid. */
export async function importFile(
  file: string,
  { dryRun = false, rejected, json }: ImportOptions,
  work: (how: How) => Promise<ImportSummary>,
): Promise<void> {
  const rejectedFile = rejected ?? `${basename(existingFile(file))}.rejected.csv`;
  const { fileProgress } = await import('./progress.ts');
  const { onProgress, stop } = fileProgress();
  const summary = await work({ file, dryRun, rejectedFile, onProgress }).finally(stop);
  const rejectedRows = summary.decisions.rejected ?? 0;
  const where = rejectedRows > 0 && existsSync(rejectedFile) ? rejectedFile : undefined;
  const text = formatSummary(summary) + (where ? `\nRejected rows: ${where}` : '');
  print({ ...summary, ...(where && { rejectedFile: where }) }, text, { json });
  if (rejectedRows === summary.rows && summary.rows > 0) process.exitCode = exitCodes.failed;
}
