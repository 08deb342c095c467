import type { AggregateRow } from '../../schemas/generated/aggregate-row.ts';
import { readAggregates } from '../aggregates/index.ts';
import { measuredQuestions } from '../aggregates/measured-questions.ts';
import { meanWithSpread } from '../aggregates/released-figures.ts';
import { publishedSurvey } from '../definitions/index.ts';
import { Problem } from '../problems.ts';
import { surveySettings } from '../settings/index.ts';
import { type SessionGap, sessionGap } from './gap.ts';
import { type ArenaForm, type ArenaSession, arenaForms } from './model.ts';

/** One question of a form with what the release says of this session; hidden figures are left out of `row`. */
export interface ArenaFigure {
  form: ArenaForm;
  question: string;
  row: Pick<AggregateRow, 'status' | 'responses' | 'mean' | 'satisfied' | 'satisfiedInterval'> | undefined;
}

/** What the forms of a session say, all from releases. */
export interface ArenaResult {
  gap: SessionGap | undefined;
  figures: ArenaFigure[];
}

/** The questions that are shown, in the order of the session. */
const shown: [ArenaForm, string][] = [
  ['participantBefore', 'baseline'],
  ['listenerBefore', 'guess'],
  ['participantAfter', 'safety'],
  ['participantAfter', 'heard'],
  ['participantAfter', 'followUp'],
  ['participantAfter', 'again'],
  ['listenerAfter', 'restraint'],
];

/** Reads the newest releases of the four forms, as far as they are about this session. */
export async function arenaResult(session: ArenaSession): Promise<ArenaResult> {
  const figures = await Promise.all(
    shown.map(async ([form, question]): Promise<ArenaFigure> => {
      return { form, question, row: await releasedRow(session, form, question) };
    }),
  );
  const mean = async (form: ArenaForm, question: string) => {
    const row = figures.find((figure) => figure.form === form && figure.question === question)?.row;
    return row && spreadOf(form, question, row);
  };
  const [guess, baseline] = await Promise.all([
    mean('listenerBefore', 'guess'),
    mean('participantBefore', 'baseline'),
  ]);
  return { figures, gap: sessionGap(guess, baseline) };
}

async function releasedRow({ _id, date }: ArenaSession, form: ArenaForm, question: string) {
  const year = date.slice(0, 4);
  const period = { from: `${year}-01`, to: `${year}-12` };
  try {
    const { rows } = await readAggregates({
      ...{ survey: arenaForms[form], question, by: 'product', product: _id },
      ...period,
    });
    const row = rows.find(({ status }) => status !== 'suppressed');
    if (!row || (await isGraded(form, question))) return row;
    const { mean: _score, ...shares } = row;
    return shares;
  } catch (error) {
    if (error instanceof Problem && ['notFound', 'notReleased'].includes(error.code)) return undefined;
    throw error;
  }
}

/** Whether a mean says something: of yes, perhaps and no it does not. */
async function isGraded(form: ArenaForm, question: string): Promise<boolean> {
  const survey = await publishedSurvey(arenaForms[form]);
  return survey?.questions.find(({ key }) => key === question)?.scale.kind === 'number';
}

async function spreadOf(form: ArenaForm, key: string, row: Pick<AggregateRow, 'distribution' | 'mean'>) {
  const survey = arenaForms[form];
  const [published, { satisfiedFrom }] = await Promise.all([publishedSurvey(survey), surveySettings(survey)]);
  const question = published && measuredQuestions(published, satisfiedFrom).find((one) => one.key === key);
  return question && meanWithSpread(question, row);
}
