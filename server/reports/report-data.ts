import { createHash } from 'node:crypto';
import { toldActions } from '../../surveys/actions/index.ts';
import { readAggregates } from '../../surveys/aggregates/index.ts';
import { monthRange } from '../../surveys/aggregates/periods.ts';
import { callbacksKept } from '../../surveys/callbacks/index.ts';
import type { Context } from '../../surveys/context.ts';
import { publishedSurvey, textIn } from '../../surveys/definitions/index.ts';
import { listRounds, perceptionGap } from '../../surveys/golden-ear/index.ts';
import { displayNames, getMunicipality } from '../../surveys/municipality/index.ts';
import { formatTag } from '../pages/i18n.ts';
import { percent } from '../pages/overview/figures.ts';
import { ifReleased } from '../pages/overview/if-released.ts';
import { departmentsFigure } from './departments-figure.ts';
import { type ReportFigures, type ReportKind, reportSurvey } from './read-figures.ts';
import type { TemplateData } from './template.ts';
import { figureTable, type ReportLanguage, say, sentenceOn } from './wording.ts';

/** So many products have a chapter of their own. */
const chapters = { quarterly: 3, yearly: 8 } as const;

/** All that a template may use, in words; the texts of each figure follow from it by rule. */
export async function reportData(
  ctx: Pick<Context, 'clock'>,
  kind: ReportKind,
  figures: ReportFigures,
  language: ReportLanguage,
): Promise<TemplateData> {
  const { release, period, year, questions, departments, products, channels } = figures;
  const [survey, municipality, department, channel, product] = await Promise.all([
    publishedSurvey(reportSurvey),
    getMunicipality(),
    displayNames('department', language),
    displayNames('channel', language),
    displayNames('product', language),
  ]);
  const titles = new Map(survey?.questions.map(({ key, text }) => [key, textIn(text, language)]));
  const title = (key: string) => titles.get(key) ?? key;
  const nameOf = (names: ReadonlyMap<string, string>, key: string | null | undefined) =>
    names.get(key ?? '') ?? key ?? '\u2013';
  const on = (key: string) =>
    sentenceOn(
      language,
      title(key),
      questions.find(({ question }) => question === key),
    );
  const about = (rows: typeof products, key: string, place: 'product' | 'channel') => (question: string) =>
    sentenceOn(
      language,
      title(question),
      rows.find((row) => row[place] === key && row.question === question),
    );
  const overall = <T extends { question: string }>(rows: T[]) =>
    rows.filter((row) => row.question === 'overall');
  const named = overall(departments).map((row) => ({
    name: nameOf(department, row.department),
    figure: row,
  }));
  const productRows = overall(products);
  const channelAbout = (key: string) => ['overall', 'ease', 'result'].map(about(channels, key, 'channel'));
  return {
    language,
    values: {
      municipality: municipality.name,
      kind,
      period,
      year,
      overall: on('overall'),
      questions: questions.map(({ question }) => on(question)),
      treatment: [on('treatment'), on('listening'), on('clarity')],
      leadTime: on('leadTime'),
      listening: on('listening'),
      products: productRows.slice(0, chapters[kind]).map(({ product: key }) => ({
        name: nameOf(product, key),
        sentences: ['overall', 'treatment', 'leadTime'].map(about(products, key ?? '', 'product')),
      })),
      website: channelAbout('website'),
      phone: channelAbout('phone'),
      promises: await promises(ctx, period, (key) => nameOf(department, key), language),
      gaps: await gaps(figures, (key) => nameOf(department, key), language),
      actions: await actions(period, (key) => nameOf(department, key), language),
      release: {
        number: release.number,
        date: release.createdAt.toLocaleDateString(formatTag(language), {
          dateStyle: 'long',
          timeZone: 'Europe/Amsterdam',
        }),
        checksum: release.checksum,
        floor: release.floor,
        target: percent(release.target, language),
      },
      fingerprint: createHash('sha256')
        .update(JSON.stringify([release.checksum, period, questions, departments, products, channels]))
        .digest('hex'),
    },
    pieces: {
      questions: figureTable(
        language,
        say(language, 'table.questions'),
        questions.map((row) => ({ name: title(row.question), figure: row })),
      ),
      departments: figureTable(language, say(language, 'table.departments'), named),
      departmentsFigure: await departmentsFigure(named, release.target, language),
      products:
        productRows.length === 0
          ? undefined
          : figureTable(
              language,
              say(language, 'table.products', { year }),
              productRows.map((row) => ({ name: nameOf(product, row.product), figure: row })),
            ),
      channels: figureTable(
        language,
        say(language, 'table.channels', { year }),
        overall(channels).map((row) => ({ name: nameOf(channel, row.channel), figure: row })),
      ),
    },
  };
}

type NameOf = (department: string) => string;

/** The promises to call back that were due in the period. */
async function promises(
  ctx: Pick<Context, 'clock'>,
  period: string,
  nameOf: NameOf,
  language: ReportLanguage,
): Promise<string[]> {
  const due = (await callbacksKept(ctx)).filter(({ quarter }) => quarter.startsWith(period));
  return due.map(({ department, quarter, kept }) => {
    const where = { name: nameOf(department), quarter };
    return kept
      ? say(language, 'kept', { ...where, share: percent(kept.share, language), due: kept.due })
      : say(language, 'keptHidden', where);
  });
}

/** What staff think beside what residents say, for the rounds of the period; residents from the report's release. */
async function gaps(
  { release, period, year }: ReportFigures,
  nameOf: NameOf,
  language: ReportLanguage,
): Promise<string[]> {
  const { from, to } = monthRange(period);
  const query = {
    survey: reportSurvey,
    release: String(release.number),
    question: 'listening',
    by: 'department',
  };
  const heard = await ifReleased(readAggregates({ ...query, ...monthRange(year) }));
  return (await listRounds('all'))
    .filter(({ month, result }) => result && month >= from && month <= to)
    .map(({ department, result }) => {
      const residents = heard?.rows.find((row) => row.department === department);
      const gap = perceptionGap(result?.figures.estimate, residents);
      return say(language, `gap.${gap.verdict}`, {
        name: nameOf(department),
        staff: Math.round(gap.staff?.value ?? 0),
        residents: Math.round(gap.residents?.value ?? 0),
      });
    })
    .sort();
}

/** What was told to residents in the period. */
async function actions(period: string, nameOf: NameOf, language: ReportLanguage): Promise<string[]> {
  const { from, to } = monthRange(period);
  return (await toldActions())
    .filter(({ told: { on } }) => on.slice(0, 7) >= from && on.slice(0, 7) <= to)
    .map(({ department, told: { said, did } }) =>
      say(language, 'action', { name: nameOf(department), said, did }),
    );
}
