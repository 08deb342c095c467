import type { ReportFigure } from '../../schemas/generated/report-data.ts';
import { formatTag } from '../pages/i18n.ts';
import { percent } from '../pages/overview/figures.ts';
import texts from './texts.json' with { type: 'json' };

export type ReportLanguage = keyof typeof texts;
export type ReportText = keyof (typeof texts)['nl'];

/** A sentence or word of a report, with its values; always one line, so that no value can begin a line of its own. */
export function say(
  language: ReportLanguage,
  key: ReportText,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return texts[language][key].replaceAll(/{{(\w+)}}/g, (_, name: string) =>
    String(values[name] ?? '').replaceAll(/\s+/g, ' '),
  );
}

/** A whole number as people write it in this language. */
export function count(value: number, language: ReportLanguage): string {
  return new Intl.NumberFormat(formatTag(language)).format(value);
}

/** `2026` or `2026-Q3` in words. */
export function periodName(language: ReportLanguage, period: string): string {
  const [year = '', quarter] = period.split('-Q');
  return quarter === undefined ? year : say(language, 'quarter', { quarter, year });
}

/** A question as sentences name it. */
interface Asked {
  question: string;
  text: string;
}

/**
 * What a figure says, by rule: which sentence follows from its question, status and verdict, so that no report can say
 * more than its figures do.
 */
export function sentenceOn(language: ReportLanguage, asked: Asked, figure: ReportFigure | undefined): string {
  const values = wordsOf(language, asked, figure);
  const { what } = values;
  if (figure?.status === 'suppressed') return say(language, 'hidden', { what });
  if (!values.goal) return say(language, 'none', { what });
  return withCaution(language, say(language, values.goal, values), figure);
}

/** The same in fewer words, for many figures under each other. */
export function shortSentenceOn(
  language: ReportLanguage,
  asked: Asked,
  figure: ReportFigure | undefined,
): string {
  const values = wordsOf(language, asked, figure);
  const { what, goal } = values;
  if (figure?.status === 'suppressed') return say(language, 'shortHidden', { what });
  if (!goal) return say(language, 'none', { what });
  return withCaution(
    language,
    say(language, 'short', { ...values, goal: say(language, `goal.${goal}`) }),
    figure,
  );
}

/** The parts of a sentence on a figure; without a verdict there is nothing to say. */
function wordsOf(language: ReportLanguage, { question, text }: Asked, figure: ReportFigure | undefined) {
  const what = text.endsWith('?') ? text : `${text}:`;
  const { satisfied, satisfiedInterval, verdict, target = 0 } = figure ?? {};
  if (satisfied === undefined || !satisfiedInterval || !verdict) return { what };
  return {
    what,
    goal: verdict,
    said: say(language, saidOn(question), { share: percent(satisfied, language) }),
    low: percent(satisfiedInterval[0], language),
    high: percent(satisfiedInterval[1], language),
    target: percent(target, language),
  };
}

function withCaution(language: ReportLanguage, sentence: string, figure: ReportFigure | undefined): string {
  if (figure?.status !== 'indicative') return sentence;
  return `${sentence} ${say(language, 'indicative', { count: figure.responses ?? 0 })}`;
}

/** How a positive answer to this question is told. */
function saidOn(question: string): ReportText {
  const key = `said.${question}`;
  return key in texts.nl ? (key as ReportText) : 'said.other';
}
