import { createHash, randomUUID } from 'node:crypto';
import { inAmsterdam } from '../../calendar.ts';
import type { Context } from '../../context.ts';
import { publishedSurvey } from '../../definitions/index.ts';
import { acquireLease, releaseLease, renewLease } from '../../leases.ts';
import { problem } from '../../problems.ts';
import { type SettingsInForce, surveySettings } from '../../settings/index.ts';
import { SharedLinkModel } from '../../shared-links/model.ts';
import { areSumsOfGroups, groupOf } from '../disclosure/groups.ts';
import type { Place } from '../facts.ts';
import { measuredQuestions, withExactParts } from '../measured-questions.ts';
import { checkTables, unionOfTables } from '../tables.ts';
import { yearsWithAnswers } from './load-facts.ts';
import { newestRelease, type Release, ReleaseModel, ReleaseStateModel } from './models.ts';
import { releaseYear } from './release-year.ts';
import { removeReplacedStates, removeUnfinished } from './unfinished.ts';

const leaseMs = 600_000;

/**
 * Makes the next release of a survey from its cells, and returns it; or the newest one, when it is of today
 * (Europe/Amsterdam) already and shows anything. The rows come first and the release itself last, so a reader sees all
 * of it or nothing, and what a crash left behind is removed by the next attempt.
 * @param again where answers come in groups, whose figures stand by themselves: also when today's release shows something
 * @throws Problem `notFound` for a survey that is not published, `unavailable` while another process makes its release,
 *   `unsafeTables` when the declared tables, together with those released before, would tell hidden figures
 */
export async function createRelease(
  ctx: Context,
  survey: string,
  { again = false }: { again?: boolean } = {},
): Promise<Release> {
  const lease = await acquireLease(`release:${survey}`, randomUUID(), ctx.clock, leaseMs);
  if (!lease) throw problem('unavailable', { detail: 'Another process is making a release of this survey.' });
  try {
    return await nextRelease(ctx, survey, again, async () => {
      if (!(await renewLease(lease, ctx.clock, leaseMs))) throw problem('unavailable');
    });
  } finally {
    await releaseLease(lease);
  }
}

async function nextRelease(
  ctx: Context,
  survey: string,
  again: boolean,
  keepLease: () => Promise<void>,
): Promise<Release> {
  const published = await publishedSurvey(survey);
  if (!published) throw problem('notFound');
  const settings = await surveySettings(survey);
  const newest = await newestRelease(survey);
  const now = ctx.clock.now();
  const byGroup = published.survey.instrument !== 'customer-journey' && areSumsOfGroups(settings.tables);
  if (newest && newest.shown > 0 && isSameDay(newest.createdAt, now) && !(again && byGroup)) return newest;
  const tablesEver = safeTables(settings, newest);

  const number = (newest?.number ?? 0) + 1;
  await removeUnfinished(survey, number);
  const measured = measuredQuestions(published, settings.satisfiedFrom);
  const questions = byGroup ? withExactParts(measured, published) : measured;
  const withheld = byGroup ? await withheldGroups(survey) : undefined;
  for (const year of await yearsWithAnswers(survey)) {
    await releaseYear({ survey, year, number, questions, settings, ...(withheld && { withheld }) });
    await keepLease();
  }
  const release: Release = {
    _id: `${survey}@${number}`,
    survey,
    number,
    createdAt: now,
    floor: settings.floor,
    target: settings.target,
    ...(settings.satisfiedFrom !== undefined && { satisfiedFrom: settings.satisfiedFrom }),
    tables: settings.tables,
    tablesEver,
    ...(await summaryOf(survey)),
  };
  await ReleaseModel.create(release);
  await removeReplacedStates(survey);
  return release;
}

/** What belongs to a round that is under way. */
async function withheldGroups(survey: string): Promise<(place: Place) => boolean> {
  const links = await SharedLinkModel.find(
    { survey, withheld: true },
    { department: 1, product: 1, month: 1 },
  ).lean();
  const groups = new Set(
    links.map(({ department, product = '', month = '' }) => groupOf({ department, product, month })),
  );
  return (place) => groups.has(groupOf(place));
}

function safeTables({ tables }: SettingsInForce, newest: Release | undefined) {
  const tablesEver = unionOfTables(tables, newest?.tablesEver ?? []);
  const faults = checkTables(tablesEver);
  if (faults.length > 0) throw problem('unsafeTables', { faults });
  return tablesEver;
}

/** Over the newest state of each question and year, in the order of their keys. */
async function summaryOf(survey: string): Promise<Pick<Release, 'shown' | 'checksum'>> {
  const fields = { question: 1, year: 1, number: 1, checksum: 1, shownCount: 1 } as const;
  const newest = new Map<string, { checksum: string; shownCount: number }>();
  for (const state of await ReleaseStateModel.find({ survey }, fields).sort({ number: 1 }).lean()) {
    newest.set(`${state.question} ${state.year}`, state);
  }
  const hash = createHash('sha256');
  for (const key of [...newest.keys()].sort()) hash.update(`${key} ${newest.get(key)!.checksum}\n`);
  const shown = [...newest.values()].reduce((sum, { shownCount }) => sum + shownCount, 0);
  return { shown, checksum: hash.digest('hex') };
}

function isSameDay(a: Date, b: Date): boolean {
  return inAmsterdam(a).hasSame(inAmsterdam(b), 'day');
}
