import { inAmsterdam } from '../calendar.ts';
import type { Context } from '../context.ts';
import { holidaysKept } from '../municipality/index.ts';
import { surveySettings } from '../settings/index.ts';
import type { Invitation } from './model.ts';
import { nextOfficeMoment } from './office-hours.ts';
import { isReminder } from './states.ts';

/**
 * Says of invitations that are about to be sent when to remind of them: so many days later at the same local time, in
 * office hours. Nobody is reminded twice, nor after the invitation expired, nor where the survey's setting is 0.
 */
export async function reminderMoments(
  { clock }: Context,
  invitations: readonly Invitation[],
): Promise<(invitation: Invitation) => Date | undefined> {
  const holidays = await holidaysKept();
  const now = inAmsterdam(clock.now());
  const moments = new Map<string, Date>();
  for (const survey of new Set(invitations.map(({ survey }) => survey))) {
    const { reminderDays } = await surveySettings(survey);
    if (reminderDays > 0) {
      moments.set(survey, nextOfficeMoment(now.plus({ days: reminderDays }).toJSDate(), holidays));
    }
  }
  return ({ survey, state, expiresAt }) => {
    const moment = moments.get(survey);
    return moment && !isReminder(state) && moment < expiresAt ? moment : undefined;
  };
}
