import { inAmsterdam } from '../calendar.ts';
import type { Context } from '../context.ts';
import { type Action, ActionModel } from './model.ts';

/** Whether an action should have been done before this day (`2026-03-10`, Europe/Amsterdam), and was not ended. */
export function isOverdue({ state, by }: Action, today: string): boolean {
  return state === 'planned' && by < today;
}

/** The department of each action that is overdue, once for each. */
export async function overdueActions({ clock }: Pick<Context, 'clock'>): Promise<string[]> {
  const today = inAmsterdam(clock.now()).toISODate();
  const overdue = await ActionModel.find({ state: 'planned', by: { $lt: today } }, { department: 1 }).lean();
  return overdue.map(({ department }) => department);
}
