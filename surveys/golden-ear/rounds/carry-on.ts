import { createRelease, rollUp } from '../../aggregates/index.ts';
import { cellKey } from '../../aggregates/keys.ts';
import type { Context } from '../../context.ts';
import { publishedSurvey } from '../../definitions/index.ts';
import { Problem } from '../../problems.ts';
import { ResponseModel } from '../../responses/model.ts';
import { countSharedAnswers, type SharedLink, SharedLinkModel, stateOf } from '../../shared-links/index.ts';
import { eraseAddresses } from './addresses.ts';
import { type Round, RoundModel } from './model.ts';
import { quickscan } from './open-round.ts';
import { releasedFigures } from './released-figures.ts';
import { mailRound, resultAt } from './rounds.ts';

/** Whether a round has something to be done: mails to plan, or a result to make. */
export async function roundsDue(ctx: Context): Promise<boolean> {
  const now = ctx.clock.now();
  for (const round of await unfinished()) {
    const link = await SharedLinkModel.findById(round.link).lean();
    if (link && (mailDue(round, stateOf(link, now)) || resultAt(link) <= now)) return true;
  }
  return false;
}

/** Does what is due for each round. A process that dies in between leaves what the next one finds and completes. */
export async function carryOnRounds(ctx: Context): Promise<{ mailed: number; closed: number }> {
  const now = ctx.clock.now();
  const over: Over[] = [];
  let mailed = 0;
  for (const round of await unfinished()) {
    const link = await SharedLinkModel.findById(round.link).lean();
    if (!link) continue;
    if (mailDue(round, stateOf(link, now))) {
      await mailRound(ctx, round);
      mailed += 1;
    }
    if (resultAt(link) <= now) over.push({ round, link });
  }
  return { mailed, closed: over.length > 0 ? await settle(ctx, over) : 0 };
}

interface Over {
  round: Round;
  link: SharedLink;
}

/** The few rounds without a result. */
function unfinished(): Promise<Round[]> {
  return RoundModel.find({ result: { $exists: false } }).lean();
}

function mailDue({ mailed, asked }: Round, state: ReturnType<typeof stateOf>): boolean {
  return !mailed && asked > 0 && state === 'open';
}

/**
 * Makes the results of rounds that are over: their addresses are erased, all their answers are counted, and one release
 * takes them in. Each step may be repeated.
 * @returns how many; the others are tried again, while another process counts or releases
 */
async function settle(ctx: Context, over: Over[]): Promise<number> {
  for (const { round } of over) {
    await eraseAddresses(round._id);
    await SharedLinkModel.updateOne({ _id: round.link }, { $set: { withheld: false } });
  }
  await rollUp(ctx);
  const counted: Over[] = [];
  for (const one of over) if (!(await isDirty(one))) counted.push(one);
  const survey = await publishedSurvey(quickscan);
  const release = counted.length > 0 && survey ? await releaseUnlessBusy(ctx) : undefined;
  if (!survey || release === undefined) return 0;
  for (const { round, link } of counted) {
    const result = {
      ...(await releasedFigures(round, survey, release)),
      ...(await countSharedAnswers(ctx, link)),
    };
    await RoundModel.updateOne({ _id: round._id, result: { $exists: false } }, { $set: { result } });
  }
  return counted.length;
}

async function isDirty({ round: { version, month }, link }: Over): Promise<boolean> {
  return (await ResponseModel.exists({ dirty: true, cell: cellKey({ ...link, version, month }) })) !== null;
}

async function releaseUnlessBusy(ctx: Context): Promise<number | undefined> {
  try {
    return (await createRelease(ctx, quickscan, { again: true })).number;
  } catch (error) {
    if (error instanceof Problem && error.code === 'unavailable') return undefined;
    throw error;
  }
}
