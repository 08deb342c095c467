import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { formatSummary } from '../../surveys/files/summary.ts';
import type { HistoricSummary } from '../../surveys/responses/historic/index.ts';
import type { ImportOptions } from './import-file.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { readJson } from './read-json.ts';
import { existingFile, exitCodes, noteDone, print, withInstallation } from './run.ts';

/** Adds the command that takes back an import of historic answers. */
export function addUndo(responses: Command): void {
  withJson(responses.command('undo'))
    .description('take back everything that an import of historic answers stored; safe to repeat')
    .argument('<import>', 'its number, as the import told it')
    .action(undo);
}

/**
 * Imports historic answers by a mapping, with a progress bar. The first Ctrl-C stops after what is under way and tells how
 * to go on. Fails when it was stopped, or when nothing in the file fits.
 */
export async function importByMapping(
  file: string,
  mappingFile: string,
  { dryRun = false, rejected, json }: ImportOptions,
): Promise<void> {
  const rejectedFile = rejected ?? `${basename(existingFile(file))}.rejected.csv`;
  const mapping = await readJson(mappingFile);
  const { importHistoric } = await import('../../surveys/responses/historic/index.ts');
  const { fileProgress } = await import('./progress.ts');
  const { onProgress, stop } = fileProgress();
  const ending = new AbortController();
  const heard = () => ending.abort();
  process.once('SIGINT', heard);
  const summary = await withInstallation(async (ctx) => {
    const how = { file, mapping, dryRun, rejectedFile, onProgress, signal: ending.signal };
    const done = await importHistoric(ctx, how);
    if (!dryRun) await noteDone(ctx, 'responses.imported', done.importId);
    return done;
  }).finally(() => {
    process.off('SIGINT', heard);
    stop();
  });
  const where = summary.faults.length > 0 && existsSync(rejectedFile) ? rejectedFile : undefined;
  print({ ...summary, ...(where && { rejectedFile: where }) }, textOf(summary, where), { json });
  if (summary.stopped || (summary.rows > 0 && summary.decisions.rejected === summary.rows)) {
    process.exitCode = exitCodes.failed;
  }
}

const shownFaults = 20;

function textOf(summary: HistoricSummary, rejectedFile: string | undefined): string {
  const { preview, faults, responses, importId, stopped, dryRun } = summary;
  const more = faults.length - shownFaults;
  return [
    ...preview.map((item) => JSON.stringify(item)),
    ...faults
      .slice(0, shownFaults)
      .map(({ line, column, reason, detail }) =>
        `line ${line}, ${column || 'row'}: ${reason} ${detail}`.trim(),
      ),
    ...(more > 0 ? [`and ${more} more`] : []),
    formatSummary(summary),
    `${responses} responses ${dryRun ? 'would be stored' : 'stored'}`,
    ...(rejectedFile ? [`Rejected rows: ${rejectedFile}`] : []),
    ...(importId ? [`Import ${importId}; to take it back: golden-ear responses undo ${importId}`] : []),
    ...(stopped ? ['Stopped before the end; run it again to go on.'] : []),
  ].join('\n');
}

async function undo(id: string, { json }: JsonOption): Promise<void> {
  const { undoImport } = await import('../../surveys/responses/historic/index.ts');
  const { countProgress } = await import('./progress.ts');
  const { onProgress, stop } = countProgress();
  const undone = await withInstallation(async (ctx) => {
    const count = await undoImport(ctx, id, onProgress);
    await noteDone(ctx, 'responses.importUndone', id);
    return count;
  }).finally(stop);
  print({ importId: id, undone }, `${undone} responses taken back`, { json });
}
