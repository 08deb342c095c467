import { randomInt } from 'node:crypto';
import type { Municipality } from '../../schemas/generated/municipality.ts';
import { CellModel } from '../aggregates/index.ts';
import { monthOf } from '../calendar.ts';
import type { Context } from '../context.ts';
import { type PublishedSurvey, publishedSurvey } from '../definitions/index.ts';
import { keyedHash } from '../keys.ts';
import { getMunicipality, listEntries } from '../municipality/index.ts';
import { problem } from '../problems.ts';
import { ResponseModel } from '../responses/index.ts';
import { type CommentPool, poolsOf, wholeMunicipality } from './pools.ts';
import defaultThemes from './themes.json' with { type: 'json' };

export { type CommentPool, commentFloor, poolsOf, wholeMunicipality } from './pools.ts';

/** What a comment is about, as the municipality names it. */
export type Theme = NonNullable<Municipality['themes']>[number];

/** The themes of this municipality. */
export async function commentThemes(): Promise<Theme[]> {
  return (await getMunicipality()).themes ?? defaultThemes;
}

/** A comment as it is shown: the words, and nothing of the rest of the answer. */
export interface Comment {
  /** Names it towards who reads it; says nothing about the response. */
  ref: string;
  text: string;
  themes: string[];
}

/** The comments of a pool in random order: another one at each look. */
export interface ReadPool {
  department: string;
  comments: Comment[];
}

interface Wanted {
  survey: string;
  /** `2026-03`: a month that is over, so that nobody sees a comment arrive. */
  month: string;
}

/** The departments that a reader may read about; undefined: all. */
type Within = readonly string[] | undefined;

/**
 * The pools that a reader may see of one survey and month: those that their departments' comments are in. What is left
 * for the whole municipality is for who may read about all departments.
 * @throws Problem `notFound` (survey), `notReleased` (the month is not over)
 */
export async function readComments(ctx: Context, wanted: Wanted, within?: Within): Promise<ReadPool[]> {
  const pools = await poolsFor(ctx, wanted);
  return pools
    .filter((pool) => mayRead(pool, within))
    .map(({ department, comments }) => ({
      department,
      comments: shuffled(comments.map(({ id: _, ...one }) => one)),
    }));
}

/**
 * Says what a comment is about, in place of what was said before.
 * @returns false when there is no such comment among those that may be read
 */
export async function markComment(
  ctx: Context,
  wanted: Wanted,
  { ref, themes }: { ref: string; themes: string[] },
  within?: Within,
): Promise<boolean> {
  const known = new Set((await commentThemes()).map(({ key }) => key));
  const readable = (await poolsFor(ctx, wanted)).filter((pool) => mayRead(pool, within));
  const found = readable.flatMap(({ comments }) => comments).find((comment) => comment.ref === ref);
  if (!found) return false;
  const filter = { _id: found.id, deleted: { $ne: true } };
  await ResponseModel.updateOne(filter, { $set: { themes: themes.filter((theme) => known.has(theme)) } });
  return true;
}

type FoundComment = Comment & { id: string };

function mayRead({ department, covers }: CommentPool<unknown>, within: Within): boolean {
  if (!within) return true;
  return department !== wholeMunicipality && covers.some((one) => within.includes(one));
}

async function poolsFor(ctx: Context, { survey: key, month }: Wanted): Promise<CommentPool<FoundComment>[]> {
  const survey = await publishedSurvey(key);
  if (!survey) throw problem('notFound');
  if (month >= monthOf(ctx.clock.now())) throw problem('notReleased');
  const [comments, entries] = await Promise.all([
    commentsByDepartment(ctx, survey, month),
    listEntries('department'),
  ]);
  return poolsOf(comments, new Map(entries.map(({ key: department, parent }) => [department, parent])));
}

/** What is flagged counts nowhere, so it is not read either. */
async function commentsByDepartment(
  { keys }: Context,
  survey: PublishedSurvey,
  month: string,
): Promise<Map<string, FoundComment[]>> {
  const asked = survey.questions.filter(
    ({ dimension, scale }) => dimension === 'comment' && scale.kind === 'text',
  );
  const cells = await CellModel.find({ survey: survey.key, month }, { _id: 1 }).lean();
  const byDepartment = new Map<string, FoundComment[]>();
  const responses = await ResponseModel.find(
    {
      cell: { $in: cells.map(({ _id }) => _id) },
      deleted: { $ne: true },
      flagged: { $ne: true },
    },
    { department: 1, answers: 1, themes: 1 },
  ).lean();
  for (const { _id: id, department, answers, themes = [] } of responses) {
    for (const { key } of asked) {
      const text = answers[key];
      if (typeof text !== 'string' || text === '') continue;
      const ref = keyedHash(keys.response, ['comment', id, key], 12);
      const list = byDepartment.get(department) ?? [];
      list.push({ id, ref, text, themes });
      byDepartment.set(department, list);
    }
  }
  return byDepartment;
}

/** In random order (Fisher and Yates, as in Knuth's algorithm P). */
function shuffled<T>(items: readonly T[]): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
