import { inAmsterdam } from '../calendar.ts';
import { addWorkingDays } from '../invitations/office-hours.ts';
import { holidaysKept } from '../municipality/index.ts';
import { surveySettings } from '../settings/index.ts';

/** What a department promises to who asks to be called back. */
export interface CallbackPolicy {
  /** Working days. */
  workingDays: number;
  /** A wish with this overall grade or a lower one is urgent. */
  urgentUpTo: number;
}

/** The promise of a department; undefined where residents are not asked whether to call them back. */
export async function callbackPolicy(
  survey: string,
  department: string,
): Promise<CallbackPolicy | undefined> {
  const { callbacks } = await surveySettings(survey);
  if (!callbacks?.departments.includes(department)) return undefined;
  const { workingDays = 2, urgentUpTo = 3 } = callbacks;
  return { workingDays, urgentUpTo };
}

/** The last day on which a promise given at this instant is kept, in Europe/Amsterdam: `2026-03-12`. */
export async function dueDay(promisedAt: Date, { workingDays }: CallbackPolicy): Promise<string> {
  return dayOf(addWorkingDays(promisedAt, workingDays, await holidaysKept()));
}

/** The day of an instant in Europe/Amsterdam. */
export function dayOf(instant: Date): string {
  return inAmsterdam(instant).toISODate();
}
