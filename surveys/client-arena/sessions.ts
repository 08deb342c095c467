import { randomBytes } from 'node:crypto';
import { DateTime } from 'luxon';
import schema from '../../schemas/arena-session.schema.json' with { type: 'json' };
import type { NewArenaSession } from '../../schemas/generated/arena-session.ts';
import { type Fault, validator } from '../../schemas/validate.ts';
import type { Within } from '../actions/index.ts';
import { inAmsterdam, timeZone } from '../calendar.ts';
import type { Context } from '../context.ts';
import { putEntry } from '../municipality/index.ts';
import { problem } from '../problems.ts';
import { normaliseEmail } from '../recipients/email.ts';
import { open, seal } from '../recipients/sealing.ts';
import { createSharedLink } from '../shared-links/index.ts';
import { type ArenaForm, type ArenaSession, ArenaSessionModel, arenaFormKeys, arenaForms } from './model.ts';

/** People meet: the forms are about what was said face to face. */
const channel = 'counter';
/** Days after the session in which the forms for afterwards may still be filled in. */
const daysAfter = 7;
/** Months after which to look whether what was agreed was done. */
const checkMonths = 2;
/** How far back and ahead a session may be, in days. */
const [furthestBack, furthestAhead] = [31, 366];

const sealingContext = 'arena facilitator';
const check = validator<NewArenaSession>(schema);

/**
 * Plans a session with a link for each of its four forms. The answers count in the month of the session, under the
 * session as their product.
 * @throws Problem `invalidBody` with all faults; `otherDepartment`
 */
export async function planSession(ctx: Context, value: unknown, within?: Within): Promise<ArenaSession> {
  const checked = check(value);
  const faults = checked.ok ? meaningFaults(ctx, checked.value) : checked.faults;
  if (!checked.ok || faults.length > 0) throw problem('invalidBody', { faults });
  const { facilitatorEmail, ...about } = checked.value;
  const { department, date, theme } = about;
  if (within && !within.includes(department)) throw problem('otherDepartment');
  const day = DateTime.fromISO(date, { zone: timeZone });
  const _id = `arena-${date}-${randomBytes(3).toString('hex')}`;
  const mailTo = normaliseEmail(facilitatorEmail)!.mailTo;
  const session: ArenaSession = {
    _id,
    ...about,
    facilitatorAddress: seal(ctx.keys.addressEncryption, Buffer.from(mailTo), sealingContext),
    links: await linksFor(ctx, { _id, department, day }),
    actions: [],
    closed: false,
    checkOn: day.plus({ months: checkMonths }).toISODate() ?? date,
    checkMailed: false,
  };
  await putEntry('product', _id, { names: { nl: `Klantarena ${date}: ${theme}`.slice(0, 100) } });
  await ArenaSessionModel.insertOne(session);
  return session;
}

async function linksFor(
  ctx: Context,
  { _id, department, day }: { _id: string; department: string; day: DateTime },
): Promise<ArenaSession['links']> {
  const made = await Promise.all(
    arenaFormKeys.map(async (form): Promise<[ArenaForm, string]> => {
      const { link } = await createSharedLink(ctx, {
        purpose: 'arena',
        about: _id,
        survey: arenaForms[form],
        department,
        channel,
        product: _id,
        mode: 'web',
        month: day.toFormat('yyyy-MM'),
        opensAt: ctx.clock.now(),
        closesAt: day.plus({ days: daysAfter }).endOf('day').toJSDate(),
        withheld: true,
      });
      return [form, link._id];
    }),
  );
  return Object.fromEntries(made) as ArenaSession['links'];
}

function meaningFaults({ clock }: Context, { date, facilitatorEmail }: NewArenaSession): Fault[] {
  const today = inAmsterdam(clock.now()).startOf('day');
  const days = DateTime.fromISO(date, { zone: timeZone }).diff(today, 'days').days;
  const faults: Fault[] = [];
  if (days < -furthestBack || days > furthestAhead) {
    faults.push({ pointer: '/date', code: 'date', detail: 'must be in the last month or the next year' });
  }
  if (!normaliseEmail(facilitatorEmail)) {
    faults.push({ pointer: '/facilitatorEmail', code: 'email', detail: 'is no e-mail address' });
  }
  return faults;
}

/** Sessions, the newest first. */
export async function listSessions(within?: Within): Promise<ArenaSession[]> {
  return ArenaSessionModel.find(within ? { department: { $in: within } } : {})
    .sort({ date: -1 })
    .lean();
}

/** @throws Problem `notFound`, also for a session of another department */
export async function findSession(id: string, within?: Within): Promise<ArenaSession> {
  const session = await ArenaSessionModel.findOne({
    _id: id,
    ...(within && { department: { $in: within } }),
  }).lean();
  if (!session) throw problem('notFound');
  return session;
}

/**
 * Erases the address of a facilitator from every session whose check is still to come; it is not mailed then.
 * @param normalised the mailbox, as `normaliseEmail` spells it
 * @returns in how many sessions it was
 */
export async function eraseFacilitator(ctx: Context, normalised: string): Promise<number> {
  const known = await ArenaSessionModel.find({ facilitatorAddress: { $exists: true } }).lean();
  const own = known.filter(
    (session) => normaliseEmail(facilitatorOf(ctx, session) ?? '')?.normalised === normalised,
  );
  const ids = own.map(({ _id }) => _id);
  await ArenaSessionModel.updateMany({ _id: { $in: ids } }, { $unset: { facilitatorAddress: 1 } });
  return ids.length;
}

/** Where the check of a session is mailed to; undefined once it was. */
export function facilitatorOf({ keys }: Context, { facilitatorAddress }: ArenaSession): string | undefined {
  if (facilitatorAddress === undefined) return undefined;
  return open(keys.addressEncryption, facilitatorAddress, sealingContext)?.toString();
}
