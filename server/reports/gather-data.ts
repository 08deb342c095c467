import { createHash } from 'node:crypto';
import type { AggregateRow } from '../../schemas/generated/aggregate-row.ts';
import type { ReportData, ReportFigure, ReportGroup } from '../../schemas/generated/report-data.ts';
import schema from '../../schemas/report-data.schema.json' with { type: 'json' };
import { validator } from '../../schemas/validate.ts';
import type { Context } from '../../surveys/context.ts';
import { numbersOf, publishedSurvey, type Scale } from '../../surveys/definitions/index.ts';
import { getMunicipality } from '../../surveys/municipality/index.ts';
import { problem } from '../../surveys/problems.ts';
import { type NameOf, namesOf } from './names.ts';
import { type ReportChoice, readFigures, reportQuestions, reportSurvey } from './read-figures.ts';
import { readActions, readGaps, readPromises } from './read-listening.ts';

const check = validator<ReportData>(schema);

/**
 * Freezes all that a report rests on. Figures are of one release; call-backs, rounds, actions and names are as they are
 * now: kept with the report, the data makes it again.
 * @throws Problem `notFound` when there is no such release or it holds no such period
 */
export async function gatherData(ctx: Pick<Context, 'clock'>, choice: ReportChoice): Promise<ReportData> {
  const figures = await readFigures(choice);
  const { release, period } = figures;
  const [department, channel, product, survey, municipality] = await Promise.all([
    namesOf('department'),
    namesOf('channel'),
    namesOf('product'),
    publishedSurvey(reportSurvey),
    getMunicipality(),
  ]);
  const [promises, gaps, actions] = await Promise.all([
    readPromises(ctx, period, department),
    readGaps(figures, department),
    readActions(period, department),
  ]);
  const grade = survey?.questions.find(({ key }) => key === 'overall')?.scale;
  const asked = survey?.questions.filter(({ key }) => reportQuestions.some((one) => one === key)) ?? [];
  return {
    kind: choice.kind,
    period,
    municipality: municipality.name,
    release: {
      number: release.number,
      createdAt: release.createdAt.toISOString(),
      floor: release.floor,
      target: release.target,
      satisfiedFrom: release.satisfiedFrom ?? limitOf(grade) ?? usualLimit,
      checksum: release.checksum,
    },
    questions: asked.map(({ key, text: { nl, en }, scale }) => ({
      key,
      text: { nl, en: en ?? nl },
      ...(scale.kind === 'number' && { highest: Math.max(...numbersOf(scale)) }),
    })),
    all: figures.all.map(figureOf),
    departments: groupsOf(figures.departments, 'department', department),
    products: mostUsedFirst(groupsOf(figures.products, 'product', product)),
    channels: groupsOf(figures.channels, 'channel', channel),
    promises,
    gaps,
    actions,
  };
}

/** The lowest grade that counts as satisfied where neither settings nor scale say another. */
const usualLimit = 7;

function limitOf(scale: Scale | undefined): number | undefined {
  return scale?.kind === 'number' && 'satisfiedFrom' in scale ? scale.satisfiedFrom : undefined;
}

/** The data as a file: its SHA-256 is the checksum that the report names. */
export function dataFile(data: ReportData): string {
  return `${JSON.stringify(data, undefined, 2)}\n`;
}

export function checksumOf(data: ReportData): string {
  return createHash('sha256').update(dataFile(data)).digest('hex');
}

/** Data that comes back from a file. @throws Problem `invalidBody` with all faults */
export function checkData(value: unknown): ReportData {
  const checked = check(value);
  if (!checked.ok) {
    const detail = 'This is no data of a report, or it was changed.';
    throw problem('invalidBody', { detail, faults: checked.faults });
  }
  return checked.value;
}

/** What a report needs of a row; of a hidden one, that it is hidden. */
export function figureOf({ question, status, ...row }: AggregateRow): ReportFigure {
  if (status === 'suppressed') return { question, status };
  const { responses, mean, satisfied, satisfiedInterval, target, verdict, invited, responseRate } = row;
  const change = row.change && {
    since: row.change.since,
    change: (row.change.satisfied ?? row.change.mean).verdict,
  };
  const known = { responses, mean, satisfied, satisfiedInterval, target, verdict, invited, responseRate };
  const given = Object.entries({ ...known, ...change }).filter(([, value]) => value !== undefined);
  return { question, status, ...Object.fromEntries(given) };
}

function groupsOf(
  rows: AggregateRow[],
  dimension: 'department' | 'product' | 'channel',
  nameOf: NameOf,
): ReportGroup[] {
  const groups = new Map<string, ReportGroup>();
  for (const row of rows) {
    const key = row[dimension];
    if (!key) continue;
    const group = groups.get(key) ?? { key, name: nameOf(key), figures: [] };
    group.figures.push(figureOf(row));
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function mostUsedFirst(groups: ReportGroup[]): ReportGroup[] {
  const answers = ({ figures }: ReportGroup) =>
    figures.find(({ question }) => question === 'overall')?.responses ?? 0;
  return groups.toSorted((a, b) => answers(b) - answers(a));
}
