import { insertNew } from '../../surveys/bulk-writes.ts';
import type { Context } from '../../surveys/context.ts';
import type { AuditEvent } from './actions.ts';
import { AuditModel, sealOf } from './model.ts';

/** More writers than this do not meet at one number. */
const mostAttempts = 1_000;

/** The entries of this process go one after another; only other processes can take the next number first. */
let turn: Promise<void> = Promise.resolve();

/**
 * Writes down what happened. Resolves when it is on disk. Of several processes that write at once each number goes to
 * one (the number is the id); the others take the next.
 */
export function audit(ctx: Pick<Context, 'clock' | 'keys'>, event: AuditEvent): Promise<void> {
  const written = turn.then(() => append(ctx, event));
  turn = written.catch(() => undefined);
  return written;
}

async function append(
  { clock, keys }: Pick<Context, 'clock' | 'keys'>,
  { who, what, on, network }: AuditEvent,
): Promise<void> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const last = await AuditModel.findOne().sort({ _id: -1 }).lean();
    const entry = {
      _id: (last?._id ?? 0) + 1,
      at: clock.now(),
      who: who.slice(0, 200),
      what,
      ...(on && { on: on.slice(0, 200) }),
      ...(network && { network }),
      previous: last?.seal ?? '',
    };
    const taken = await insertNew(AuditModel, [{ ...entry, seal: sealOf(keys, entry) }]);
    if (taken.size === 0) return;
  }
  throw new Error('the audit log is written by too many at once');
}
