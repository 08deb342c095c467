import { overdueActions } from '../actions/index.ts';
import { inAmsterdam } from '../calendar.ts';
import { overdueWishes } from '../callbacks/index.ts';
import type { Context } from '../context.ts';
import { isOfficeMoment } from '../invitations/office-hours.ts';
import { holidaysKept, listEntries } from '../municipality/index.ts';
import { type PlannedNotice, planNotices, unplanned } from '../notices/index.ts';

/** How much of one department should have been done before today. */
export interface Overdue {
  callbacks: number;
  actions: number;
}

/** What is overdue, by department; one where all is in time is not in it. */
export async function overdueWork(ctx: Pick<Context, 'clock'>): Promise<Map<string, Overdue>> {
  const work = new Map<string, Overdue>();
  const add = (department: string, kind: keyof Overdue) => {
    const known = work.get(department) ?? { callbacks: 0, actions: 0 };
    work.set(department, { ...known, [kind]: known[kind] + 1 });
  };
  for (const department of await overdueWishes(ctx)) add(department, 'callbacks');
  for (const department of await overdueActions(ctx)) add(department, 'actions');
  return work;
}

/** Whether a department is to be told of what is overdue, and was not today. */
export async function digestsDue(ctx: Context): Promise<boolean> {
  return (await digestsOfToday(ctx)).length > 0;
}

/**
 * Plans one mail for each department with an address in which something is overdue, on working days in office hours.
 * A day's mail has the name of department and day, so that it is planned once by however many processes.
 */
export async function planDigests(ctx: Context): Promise<void> {
  await planNotices(ctx, await digestsOfToday(ctx));
}

async function digestsOfToday(ctx: Context): Promise<PlannedNotice[]> {
  const now = ctx.clock.now();
  if (!isOfficeMoment(now, await holidaysKept())) return [];
  const work = await overdueWork(ctx);
  if (work.size === 0) return [];
  const today = dayOf(now);
  return unplanned(
    ctx,
    (await listEntries('department'))
      .filter(({ key, email }) => email !== undefined && work.has(key))
      .map(({ key }) => ({ kind: 'overdueDigest', about: key, once: [key, today] })),
  );
}

/**
 * What the digest of a department says now.
 * @param plannedOn its day, as the notice has it
 * @returns undefined when it is not to go any more: all was done meanwhile, or its day's office hours are over, and the
 *   next working day has a digest of its own
 */
export async function digestToSend(
  ctx: Pick<Context, 'clock'>,
  department: string,
  plannedOn: string,
): Promise<Overdue | undefined> {
  const now = ctx.clock.now();
  if (plannedOn !== dayOf(now) || !isOfficeMoment(now, await holidaysKept())) return undefined;
  return (await overdueWork(ctx)).get(department);
}

/** The day in Europe/Amsterdam, which in office hours is the day in UTC too. */
function dayOf(instant: Date): string {
  return inAmsterdam(instant).toISODate();
}
