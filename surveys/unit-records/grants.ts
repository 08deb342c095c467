import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import type { RecordGrant } from '../../schemas/generated/record-grant.ts';
import schema from '../../schemas/record-grant.schema.json' with { type: 'json' };
import { type Fault, validator } from '../../schemas/validate.ts';
import { addDays, inAmsterdam, monthOf } from '../calendar.ts';
import { checkedOnWrite } from '../checked-on-write.ts';
import type { Context } from '../context.ts';
import { publishedSurvey } from '../definitions/index.ts';
import { problem } from '../problems.ts';

/** A grant as kept. It names no person: who gave it is in the audit log. */
export interface StoredGrant extends RecordGrant {
  /** 16 hex characters. */
  _id: string;
  givenAt: Date;
  /** Present: it was ended before its day. */
  endedAt?: Date;
}

/** Longest time that a grant holds. */
const mostDays = 92;

const text = { type: String, required: true } as const;
const grantSchema = new mongoose.Schema<StoredGrant>(
  {
    _id: text,
    survey: text,
    from: text,
    to: text,
    recipient: text,
    purpose: text,
    endDate: text,
    givenAt: { type: Date, required: true },
    endedAt: Date,
  },
  checkedOnWrite,
);
const GrantModel = mongoose.model('RecordGrant', grantSchema, 'recordGrants');

const check = validator<RecordGrant>(schema);

/** Gives a grant. @throws Problem `invalidBody` with all faults */
export async function giveGrant(
  { clock }: Pick<Context, 'clock'>,
  value: unknown,
  announce?: (id: string) => Promise<void>,
): Promise<StoredGrant> {
  const checked = check(value);
  const now = clock.now();
  const faults = checked.ok
    ? await faultsOf(checked.value, now)
    : [...checked.faults, ...(await faultsOf(withoutFaults(value, checked.faults), now))];
  if (!checked.ok || faults.length > 0) throw problem('invalidBody', { faults });
  const grant = { _id: randomBytes(8).toString('hex'), ...checked.value, givenAt: now };
  await announce?.(grant._id);
  await GrantModel.create(grant);
  return grant;
}

/** The fields that fit the schema, so that the rules can say what is wrong with them in the same answer. */
function withoutFaults(value: unknown, faults: Fault[]): Partial<RecordGrant> {
  const wrong = new Set(faults.map(({ pointer }) => pointer));
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(fields.filter(([name]) => !wrong.has('') && !wrong.has(`/${name}`)));
}

async function faultsOf({ survey, from, to, endDate }: Partial<RecordGrant>, now: Date): Promise<Fault[]> {
  const faults: Fault[] = [];
  if (survey !== undefined && !(await publishedSurvey(survey)))
    faults.push({ pointer: '/survey', code: 'unknownSurvey', detail: 'there is no such survey' });
  if (to !== undefined && from !== undefined && to < from)
    faults.push({ pointer: '/to', code: 'endsBeforeStart', detail: 'the range ends before it starts' });
  // While a month goes on, two exports differ by the answers of few.
  if (to !== undefined && to >= monthOf(now))
    faults.push({ pointer: '/to', code: 'notEnded', detail: 'the last month has not ended yet' });
  const latest = dateOf(addDays(now, mostDays));
  if (endDate !== undefined && (endDate < dateOf(now) || endDate > latest))
    faults.push({
      pointer: '/endDate',
      code: 'endDate',
      detail: `a grant ends between today and ${latest}`,
    });
  return faults;
}

/** Ends a grant before its day; once more has no effect. @throws Problem `notFound` */
export async function endGrant({ clock }: Pick<Context, 'clock'>, id: string): Promise<void> {
  if (!(await GrantModel.findById(id).lean())) throw problem('notFound');
  await GrantModel.updateOne({ _id: id, endedAt: null }, { endedAt: clock.now() });
}

/** All grants, the newest first. */
export async function listGrants(): Promise<StoredGrant[]> {
  return GrantModel.find().sort({ givenAt: -1 }).lean();
}

/** Whether a grant still holds: its last day counts as a whole. */
export function holds({ endDate, endedAt }: Pick<StoredGrant, 'endDate' | 'endedAt'>, now: Date): boolean {
  return !endedAt && dateOf(now) <= endDate;
}

/** A grant that holds. @throws Problem `notFound`, or `grantEnded` */
export async function grantInForce({ clock }: Pick<Context, 'clock'>, id: string): Promise<StoredGrant> {
  const grant = await GrantModel.findById(id).lean();
  if (!grant) throw problem('notFound', { detail: 'There is no such grant.' });
  if (!holds(grant, clock.now())) throw problem('grantEnded');
  return grant;
}

/** The day in Amsterdam, `2026-03-10`. */
function dateOf(instant: Date): string {
  return inAmsterdam(instant).toISODate();
}
