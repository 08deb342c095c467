import { CellModel, sealCells } from '../aggregates/index.ts';
import type { Context } from '../context.ts';
import { InvitationModel } from '../invitations/model.ts';
import { from } from '../invitations/states.ts';
import { isHistoricImportOpen } from '../responses/historic/imports.ts';
import { forgetSalt, isImportOpen } from '../responses/import-salts.ts';
import { ResponseModel } from '../responses/model.ts';
import { closeMonth } from './closed-months.ts';
import { type ErasingRun, eraseAll } from './run.ts';
import { inSlices } from './slices.ts';

interface SurveyMonth {
  survey: string;
  month: string;
}

/**
 * Erases the answers of a survey up to a month (`2026-03`). Each cell is sealed first, so that its counts stay. Safe to
 * repeat, and to break off anywhere: what is sealed stays sealed, and is erased by the next run.
 */
export async function eraseResponses(
  ctx: Context,
  run: ErasingRun,
  survey: string,
  lastMonth: string,
): Promise<void> {
  const left = { survey, month: { $lte: lastMonth }, 'seal.erased': { $ne: true } };
  for (const month of (await CellModel.distinct('month', left)).sort()) {
    const surveyMonth = { survey, month };
    if (await mayStillChange(run, surveyMonth)) continue;
    await closeMonth('responses', surveyMonth);
    await inSlices(CellModel, { ...left, month }, async (keys) => {
      await eraseCells(ctx, run, keys);
    });
    run.erased.importSalts += await forgetSalt(surveyMonth);
  }
}

/**
 * Whether answers of that month can still come or change: while their import can be undone, or an invitation can be
 * answered that may have been answered then.
 */
async function mayStillChange({ now }: ErasingRun, { survey, month }: SurveyMonth): Promise<boolean> {
  if (await isImportOpen({ survey, month }, now)) return true;
  if (await isHistoricImportOpen({ survey, month }, now)) return true;
  const open = { ...from('answer'), expiresAt: { $gt: now }, survey, month: { $lte: month } };
  return (await InvitationModel.exists(open)) !== null;
}

async function eraseCells(ctx: Context, run: ErasingRun, keys: string[]): Promise<void> {
  if (!(await sealCells(ctx, keys))) return;
  for (const cell of keys) {
    await eraseAll(run, 'responses', ResponseModel, { cell });
    await CellModel.updateOne({ _id: cell, seal: { $exists: true } }, { $set: { 'seal.erased': true } });
  }
  await run.betweenSlices();
}
