import { addDays } from '../surveys/calendar.ts';
import type { Context } from '../surveys/context.ts';
import { eraseOld, getRetention } from '../surveys/retention/index.ts';
import { eraseOutbox } from './transport/index.ts';

/** Erases what is over of something that the rules below do not know. @returns how many */
export type Eraser = (ctx: Context) => Promise<number>;

export interface RetainOptions {
  /** Where the local outbox lies. */
  outbox?: string;
  /** What else is erased by time, by name. */
  erasers?: Readonly<Record<string, Eraser>>;
  /** Ends it early: the next run goes on where it was. */
  signal?: AbortSignal;
}

/** Erases all that is older than its retention, and logs how much of which kind. */
export async function retain(ctx: Context, { outbox, erasers = {}, signal }: RetainOptions): Promise<void> {
  const counts: Record<string, number> = { ...(await eraseOld(ctx, signal && { signal })) };
  if (outbox !== undefined) {
    const { outboxDays } = await getRetention();
    counts.outbox = await eraseOutbox(outbox, addDays(ctx.clock.now(), -outboxDays));
  }
  for (const [name, erase] of Object.entries(erasers)) counts[name] = await erase(ctx);
  if (Object.values(counts).some((count) => count > 0)) ctx.log.info(counts, 'erased what was old');
}
