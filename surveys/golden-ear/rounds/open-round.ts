import { DateTime } from 'luxon';
import { mongo } from 'mongoose';
import type { NewRound } from '../../../schemas/generated/round.ts';
import schema from '../../../schemas/round.schema.json' with { type: 'json' };
import { type Fault, validator } from '../../../schemas/validate.ts';
import { inAmsterdam, later, monthOf, timeZone } from '../../calendar.ts';
import type { Context } from '../../context.ts';
import { publishedSurvey } from '../../definitions/index.ts';
import { noteKeys } from '../../municipality/index.ts';
import { problem } from '../../problems.ts';
import { createSharedLink, type HandedOut, SharedLinkModel } from '../../shared-links/index.ts';
import { keepAddresses, readAddresses } from './addresses.ts';
import { type Round, RoundModel } from './model.ts';

/** The survey of the rounds. */
export const quickscan = 'golden-ear-quickscan';

/** Colleagues answer on the intranet or at a desk: the quickscan asks the same whatever the channel is. */
const channel = 'website';

/** Days that a round may last: what is longer than a season is no longer one picture. */
const longestDays = 92;

/** How far ahead a round may be planned, in days. */
const furthestDays = 366;

const check = validator<NewRound>(schema);

/**
 * Opens a round: makes its link and keeps the addresses. Its mails go out when it opens.
 * @throws Problem `invalidBody` with all faults; `roundExists` when the department has a round that is not over, or one
 *   that opened in the same month
 */
export async function openRound(
  ctx: Context,
  value: unknown,
): Promise<{ round: Round; handedOut: HandedOut }> {
  const checked = check(value);
  if (!checked.ok) throw problem('invalidBody', { faults: checked.faults });
  const { department, addresses } = checked.value;
  const now = ctx.clock.now();
  const days = daysOf(checked.value);
  const { mailTo, wrong } = readAddresses(addresses);
  const faults = [
    ...dateFaults(days, inAmsterdam(now)),
    ...wrong.map((index) => ({
      pointer: `/addresses/${index}`,
      code: 'email',
      detail: 'is no e-mail address',
    })),
  ];
  if (faults.length > 0) throw problem('invalidBody', { faults });
  const survey = await publishedSurvey(quickscan);
  if (!survey) throw problem('notFound');

  const opensAt = later(days.start.toJSDate(), now);
  const month = monthOf(opensAt);
  const _id = `${department}-${month}`;
  const others = { department, $or: [{ month }, { result: { $exists: false } }] };
  if (await RoundModel.exists(others)) throw problem('roundExists');
  await noteKeys(ctx, [{ kind: 'department', key: department }]);
  const handedOut = await createSharedLink(ctx, {
    purpose: 'round',
    about: _id,
    survey: quickscan,
    version: survey.version,
    department,
    channel,
    mode: 'web',
    month,
    opensAt,
    closesAt: days.end.plus({ days: 1 }).toJSDate(),
    withheld: true,
  });
  const round: Round = {
    _id,
    department,
    month,
    version: survey.version,
    link: handedOut.link._id,
    asked: mailTo.length,
    mailed: false,
    reminded: false,
  };
  await claim(round);
  await keepAddresses(ctx, _id, mailTo);
  return { round, handedOut };
}

/** Of two that open the same round at the same moment one gets it; the other's link was shown to nobody. */
async function claim(round: Round): Promise<void> {
  try {
    await RoundModel.create(round);
  } catch (error) {
    await SharedLinkModel.deleteOne({ _id: round.link });
    if (!(error instanceof mongo.MongoServerError && error.code === 11000)) throw error;
    throw problem('roundExists');
  }
}

interface Days {
  start: DateTime;
  end: DateTime;
}

function daysOf({ startDate, endDate }: NewRound): Days {
  const day = (text: string) => DateTime.fromISO(text, { zone: timeZone }).startOf('day');
  return { start: day(startDate), end: day(endDate) };
}

function dateFaults({ start, end }: Days, now: DateTime): Fault[] {
  const today = now.startOf('day');
  const faults: Fault[] = [];
  if (start < today) faults.push({ pointer: '/startDate', code: 'past', detail: 'lies before today' });
  if (start > today.plus({ days: furthestDays }))
    faults.push({ pointer: '/startDate', code: 'far', detail: 'lies more than a year ahead' });
  if (end < start) faults.push({ pointer: '/endDate', code: 'order', detail: 'lies before the start' });
  if (end > start.plus({ days: longestDays }))
    faults.push({
      pointer: '/endDate',
      code: 'long',
      detail: `is more than ${longestDays} days after the start`,
    });
  return faults;
}
