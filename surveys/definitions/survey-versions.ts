import { model, Schema } from 'mongoose';
import type { SurveyDefinition } from '../../schemas/generated/survey-definition.ts';
import { insertNew } from '../bulk-writes.ts';
import { catalogue } from '../catalog/index.ts';
import { checkedOnWrite } from '../checked-on-write.ts';
import type { Context } from '../context.ts';
import { problem } from '../problems.ts';
import { whenStoreChanges } from '../store.ts';
import { checkDefinition } from './check/index.ts';
import { describeSurvey, type PublishedSurvey, type Since } from './published-survey.ts';
import { sinceOf } from './since.ts';

/** One published version. Documents are inserted and never changed. */
export interface SurveyVersion {
  /** `key@version`. */
  _id: string;
  survey: string;
  version: number;
  /** The definition as JSON text: its keys start with `$`, and their order is the order of the questions. */
  definition: string;
  /** First version of the current meaning per key, as JSON text. */
  since: string;
  publishedAt: Date;
}

const required = true;
const immutable = true;
const surveyVersionSchema = new Schema<SurveyVersion>(
  {
    _id: { type: String, required },
    survey: { type: String, required, immutable },
    version: { type: Number, required, immutable },
    definition: { type: String, required, immutable },
    since: { type: String, required, immutable },
    publishedAt: { type: Date, required, immutable },
  },
  checkedOnWrite,
);
surveyVersionSchema.index({ survey: 1, version: 1 }, { unique: true });

export const SurveyVersionModel = model<SurveyVersion>(
  'SurveyVersion',
  surveyVersionSchema,
  'surveyVersions',
);

/** Versions never change, so one that was read stays good as long as the store is the same one. */
const read = new Map<string, PublishedSurvey>();
whenStoreChanges(() => read.clear());

/** By what a version says: compiling takes milliseconds, and another store often holds the same surveys. */
const compiled = new Map<string, PublishedSurvey>();

/**
 * Publishes a definition as the next version of its survey. The same definition as the newest again: nothing
 * happens and the newest is returned. Throws `invalidDefinition` with every fault.
 */
export async function publishSurvey(ctx: Context, definition: unknown): Promise<PublishedSurvey> {
  for (;;) {
    const previous = await publishedSurvey(keyOf(definition));
    const text = JSON.stringify(definition);
    if (previous !== undefined && JSON.stringify(previous.definition) === text) return previous;

    const faults = checkDefinition(definition, previous?.definition);
    if (faults.length > 0) throw problem('invalidDefinition', { faults });

    const next = nextVersion(ctx, JSON.parse(text), previous);
    try {
      await SurveyVersionModel.create(next);
    } catch (error) {
      if (isDuplicateKey(error)) continue;
      throw error;
    }
    ctx.log.info({ survey: next.survey, version: next.version }, 'survey published');
    return remember(next);
  }
}

/**
 * Publishes the built-in surveys of which there is no version yet; a municipality's own versions stay newest. They are
 * not checked once more, since a test does: to check them is a third of a second of each first start.
 */
export async function publishCatalogue(ctx: Context): Promise<void> {
  const published = new Set(await SurveyVersionModel.distinct('survey'));
  const missing = catalogue.filter(({ survey }) => !published.has(survey.key));
  if (missing.length === 0) return;
  const versions = missing.map((definition) => nextVersion(ctx, definition as SurveyDefinition, undefined));
  await insertNew(SurveyVersionModel, versions);
  ctx.log.info({ surveys: versions.length }, 'built-in surveys published');
}

/**
 * One version of a survey, or its newest. A version that was read before costs nothing; the newest costs one
 * indexed look-up, so that another process's publication counts at once.
 */
export async function publishedSurvey(key: string, version?: number): Promise<PublishedSurvey | undefined> {
  if (version === undefined) {
    const newest = await SurveyVersionModel.findOne({ survey: key }, { version: 1 })
      .sort({ version: -1 })
      .lean();
    return newest ? publishedSurvey(key, newest.version) : undefined;
  }
  const known = read.get(`${key}@${version}`);
  if (known !== undefined) return known;
  const stored = await SurveyVersionModel.findById(`${key}@${version}`).lean();
  return stored ? remember(stored) : undefined;
}

/** The newest version of every survey, by key. */
export async function listSurveys(): Promise<PublishedSurvey[]> {
  const keys = await SurveyVersionModel.distinct('survey');
  const surveys = await Promise.all(keys.sort().map((key) => publishedSurvey(key)));
  return surveys.filter((survey) => survey !== undefined);
}

function nextVersion(
  ctx: Context,
  definition: SurveyDefinition,
  previous: PublishedSurvey | undefined,
): SurveyVersion {
  const survey = definition.survey.key;
  const version = (previous?.version ?? 0) + 1;
  return {
    _id: `${survey}@${version}`,
    survey,
    version,
    definition: JSON.stringify(definition),
    since: JSON.stringify(sinceOf(definition, version, previous)),
    publishedAt: ctx.clock.now(),
  };
}

function remember({ _id, definition, version, since }: SurveyVersion): PublishedSurvey {
  const text = JSON.stringify([version, definition, since]);
  const survey =
    compiled.get(text) ??
    describeSurvey(JSON.parse(definition) as SurveyDefinition, version, JSON.parse(since) as Since);
  compiled.set(text, survey);
  read.set(_id, survey);
  return survey;
}

/** The key that a definition of whatever form gives itself; the empty string, which no survey has, otherwise. */
function keyOf(definition: unknown): string {
  const key = (definition as { survey?: { key?: unknown } } | null | undefined)?.survey?.key;
  return typeof key === 'string' ? key : '';
}

function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11000;
}
