import type { ReportData, ReportFigure, ReportGroup } from '../../schemas/generated/report-data.ts';
import { formatTag } from '../pages/i18n.ts';
import { percent } from '../pages/overview/figures.ts';
import { departmentsFigure } from './departments-figure.ts';
import { figureTable } from './figure-table.ts';
import { checksumOf } from './gather-data.ts';
import { departmentsByVerdict, sentenceOnChange, sentenceOnResponse } from './summary.ts';
import type { TemplateData } from './template.ts';
import { count, periodName, type ReportLanguage, say, sentenceOn, shortSentenceOn } from './wording.ts';

/** So many products have a chapter of their own. */
const chapters = { quarterly: 3, yearly: 8 } as const;

/** All that a template may use, in words; the text of each figure follows from it by rule. */
export async function reportWords(data: ReportData, language: ReportLanguage): Promise<TemplateData> {
  const { kind, period, release } = data;
  const year = period.slice(0, 4);
  const asked = (question: string) => ({ question, text: questionText(data, question, language) });
  const onAll = (question: string) => sentenceOn(language, asked(question), figureOf(data.all, question));
  const inShort = (figures: ReportFigure[]) => (question: string) =>
    shortSentenceOn(language, asked(question), figureOf(figures, question));
  const channel = (key: string) => data.channels.find((one) => one.key === key)?.figures ?? [];
  const channelWords = (key: string) => ['overall', 'ease', 'clarity', 'result'].map(inShort(channel(key)));
  return {
    language,
    values: {
      municipality: data.municipality,
      kind,
      period,
      year,
      overall: onAll('overall'),
      response: sentenceOnResponse(language, data),
      change: sentenceOnChange(language, data),
      departments: departmentsByVerdict(language, data),
      questions: data.questions.map(({ key }) => onAll(key)),
      treatment: ['treatment', 'listening', 'clarity'].map(onAll),
      leadTime: onAll('leadTime'),
      listening: onAll('listening'),
      products: data.products.slice(0, chapters[kind]).map(({ name, figures }) => ({
        name: name[language],
        sentences: ['overall', 'treatment', 'leadTime', 'result'].map(inShort(figures)),
      })),
      website: channelWords('website'),
      phone: [...channelWords('phone'), inShort(channel('phone'))('listening')],
      promises: data.promises.map(({ department, quarter, due, share }) => {
        const where = { name: department[language], quarter: periodName(language, quarter) };
        return due === undefined || share === undefined
          ? say(language, 'keptHidden', where)
          : say(language, 'kept', { ...where, share: percent(share, language), due: count(due, language) });
      }),
      gaps: data.gaps.map(({ department, verdict, staff = 0, residents = 0 }) =>
        say(language, `gap.${verdict}`, { name: department[language], staff, residents }),
      ),
      actions: data.actions.map(({ department, said, did }) => ({
        name: department[language],
        said: say(language, 'action.said', { said }),
        did: say(language, 'action.did', { did }),
      })),
      release: {
        number: release.number,
        date: new Date(release.createdAt).toLocaleDateString(formatTag(language), {
          dateStyle: 'long',
          timeZone: 'Europe/Amsterdam',
        }),
        checksum: release.checksum,
        floor: release.floor,
        satisfiedFrom: release.satisfiedFrom,
        target: percent(release.target, language),
      },
      fingerprint: checksumOf(data),
    },
    pieces: await piecesOf(data, year, language),
  };
}

async function piecesOf(
  data: ReportData,
  year: string,
  language: ReportLanguage,
): Promise<TemplateData['pieces']> {
  const groups = (
    what: 'department' | 'product' | 'channel',
    all: ReportGroup[],
    question: string,
    caption: string,
  ) => {
    const rows = all.flatMap(({ name, figures }) => {
      const figure = figureOf(figures, question);
      return figure ? [{ name: name[language], figure }] : [];
    });
    return rows.length === 0 ? undefined : figureTable(language, { what, caption, rows, data });
  };
  const departments = byName(data.departments, language);
  const table = (question: 'overall' | 'treatment' | 'leadTime' | 'listening') =>
    groups('department', departments, question, say(language, `table.departments.${question}`));
  return {
    questions: figureTable(language, {
      what: 'question',
      caption: say(language, 'table.questions'),
      rows: data.all.map((figure) => ({ name: questionText(data, figure.question, language), figure })),
      data,
    }),
    departments: table('overall'),
    departmentsFigure: await departmentsFigure(departments, data.release.target, language),
    departmentsTreatment: table('treatment'),
    departmentsLeadTime: table('leadTime'),
    departmentsListening: table('listening'),
    products: groups('product', data.products, 'overall', say(language, 'table.products', { year })),
    channels: groups(
      'channel',
      byName(data.channels, language),
      'overall',
      say(language, 'table.channels', { year }),
    ),
  };
}

function figureOf(figures: ReportFigure[], question: string): ReportFigure | undefined {
  return figures.find((figure) => figure.question === question);
}

function byName(groups: ReportGroup[], language: ReportLanguage): ReportGroup[] {
  return groups.toSorted((a, b) => a.name[language].localeCompare(b.name[language], language));
}

function questionText({ questions }: ReportData, key: string, language: ReportLanguage): string {
  return questions.find((question) => question.key === key)?.text[language] ?? key;
}
