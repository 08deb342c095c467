import { quarterOf } from '../aggregates/periods.ts';
import type { Context } from '../context.ts';
import { countHandled } from './counts.ts';
import { CallbackCountModel, CallbackWishModel } from './model.ts';
import { dayOf } from './policy.ts';

/** Fewer wishes than this give no figure. */
export const callbackFloor = 10;

/** How a department kept its promise to call back in one quarter. Without `kept` there were too few to tell. */
export interface CallbacksKept {
  department: string;
  /** `2026-Q1`. */
  quarter: string;
  /** Wishes that were due, and the share of them handled in time (0-1). */
  kept?: { due: number; share: number };
}

/**
 * The share of call-back promises kept, per department and calendar quarter. A quarter is told when it is over: what was
 * due in it is in time or late by then, so the figure never moves. Quarters do not overlap and nothing is told of several
 * departments together, so that no figure under the floor can be derived from others.
 */
export async function callbacksKept({ clock }: Pick<Context, 'clock'>): Promise<CallbacksKept[]> {
  const today = dayOf(clock.now());
  const current = quarterOf(today.slice(0, 7));
  await countHandled();
  const counts = new Map<string, { department: string; quarter: string; inTime: number; late: number }>();
  const add = (department: string, month: string, inTime: number, late: number) => {
    const quarter = quarterOf(month);
    if (quarter >= current) return;
    const key = `${department}|${quarter}`;
    const count = counts.get(key) ?? { department, quarter, inTime: 0, late: 0 };
    counts.set(key, { ...count, inTime: count.inTime + inTime, late: count.late + late });
  };
  for (const { department, month, inTime, late } of await CallbackCountModel.find().lean()) {
    add(department, month, inTime, late);
  }
  const overdue = { inTime: { $exists: false }, dueOn: { $lt: today } };
  for (const { department, dueOn } of await CallbackWishModel.find(overdue, {
    department: 1,
    dueOn: 1,
  }).lean()) {
    add(department, dueOn.slice(0, 7), 0, 1);
  }
  return [...counts.values()]
    .sort((a, b) => (`${a.quarter}|${a.department}` < `${b.quarter}|${b.department}` ? -1 : 1))
    .map(({ department, quarter, inTime, late }) => {
      const due = inTime + late;
      return {
        department,
        quarter,
        ...(due >= callbackFloor && { kept: { due, share: Math.round((inTime / due) * 1000) / 1000 } }),
      };
    });
}
