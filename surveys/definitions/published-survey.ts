import type {
  AnswerSchema,
  DerivedKeyword,
  LocalisedText,
  QuestionKeyword,
  SurveyDefinition,
  SurveyKeyword,
} from '../../schemas/generated/survey-definition.ts';
import { type Fault, toFault } from '../../schemas/validate.ts';
import { answerSchemaOf } from './answer-schema.ts';
import { compileSchema } from './compile.ts';
import { consequencesOf, hiddenKeys } from './conditions.ts';
import { type Answers, commonDenominator, type Derived } from './derived.ts';
import { binsOf, type Scale } from './scales.ts';
import { withTranslations } from './translations.ts';

/** A question as the rest of the product sees it. */
export interface Question {
  key: string;
  text: LocalisedText;
  help?: LocalisedText;
  tip?: LocalisedText;
  dimension: string;
  scaleKey: string;
  scale: Scale;
  section?: string;
  channels?: NonNullable<QuestionKeyword['channels']>;
  off: boolean;
  /** Longest answer in characters, for texts. */
  maxLength?: number;
  /** First version in which the question has this meaning: answers since then are comparable. */
  since: number;
}

/** One immutable version of a survey, ready for use. */
export interface PublishedSurvey {
  key: string;
  version: number;
  definition: SurveyDefinition;
  /** The root keyword: texts, sections, stages, audience. */
  survey: SurveyKeyword;
  /** All questions in order, also those that are off. */
  questions: Question[];
  derived: Derived[];
  /**
   * Every fault of an answer set; empty when it may be stored. `notAsked`: an answer to a question that is off,
   * left out by a condition or (where the channel is given) not asked for this channel.
   */
  validateAnswers(answers: unknown, channel?: string): Fault[];
  /** The questions to ask now. Without a channel: those of all channels. */
  askedKeys(situation: { channel?: string | undefined; answers: Answers }): Set<string>;
  /** The plain JSON Schema of an answer set, without our vocabulary. */
  answerSchema(): Record<string, unknown>;
}

/** First version of the current meaning, per question key and derived key. */
export type Since = Record<string, number>;

/** Makes a checked definition ready for use. Keep what it gives: to compile it takes milliseconds. */
export function describeSurvey(definition: SurveyDefinition, version: number, since: Since): PublishedSurvey {
  const { survey, properties } = withTranslations(definition);
  const keys = Object.keys(properties);
  const questions = Object.entries(properties).map(([key, answer]) =>
    describeQuestion(key, answer, survey, since[key] ?? version),
  );
  const consequences = consequencesOf(definition);
  const schema = answerSchemaOf(definition);
  // At the first answers: most processes only show a survey or its figures.
  let compiled: ReturnType<typeof compileSchema> | undefined;

  const askedKeys: PublishedSurvey['askedKeys'] = ({ channel, answers }) => {
    const hidden = hiddenKeys(keys, consequences, answers);
    return new Set(
      questions
        .filter((question) => isAskedFor(question, channel) && !hidden.has(question.key))
        .map(({ key }) => key),
    );
  };

  return {
    key: survey.key,
    version,
    definition,
    survey,
    questions,
    derived: (survey.derived ?? []).map((one) => describeDerived(one, questions, since[one.key] ?? version)),
    askedKeys,
    answerSchema: () => schema,
    validateAnswers(answers, channel) {
      compiled ??= compileSchema(schema);
      const faults = compiled(answers)
        ? []
        : (compiled.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(toAnswerFault);
      const refused = new Set(faults.map((fault) => fault.pointer));
      const given = typeof answers === 'object' && answers !== null ? Object.keys(answers) : [];
      const notAsked = questions.filter(
        (question) =>
          given.includes(question.key) && !isAskedFor(question, channel) && !refused.has(`/${question.key}`),
      );
      return [...faults, ...notAsked.map(({ key }) => notAskedFault(`/${key}`))];
    },
  };
}

function describeQuestion(key: string, answer: AnswerSchema, survey: SurveyKeyword, since: number): Question {
  const { scale: scaleKey, meaning: _meaning, off = false, ...question } = answer.question;
  return {
    key,
    ...question,
    scaleKey,
    scale: survey.scales[scaleKey]!,
    off,
    since,
    ...(answer.maxLength === undefined ? {} : { maxLength: answer.maxLength }),
  };
}

function describeDerived(
  { key, title, from, minAnswered, weight }: DerivedKeyword,
  questions: Question[],
  since: number,
): Derived {
  const scale = questions.find((question) => question.key === from[0])!.scale;
  const maximum = Number(binsOf(scale).at(-1));
  const denominator = commonDenominator(minAnswered, from.length);
  return {
    key,
    title,
    from,
    minAnswered,
    weight,
    maximum,
    denominator,
    since,
    scale: { kind: 'derived', maximum, denominator, weight },
  };
}

function isAskedFor({ off, channels }: Question, channel: string | undefined): boolean {
  if (off) return false;
  if (channel === undefined || channels === undefined) return true;
  return channels.only ? channels.only.includes(channel) : !channels.not?.includes(channel);
}

function toAnswerFault(error: Parameters<typeof toFault>[0]): Fault {
  return error.keyword === 'false schema' ? notAskedFault(error.instancePath) : toFault(error);
}

function notAskedFault(pointer: string): Fault {
  return { pointer, code: 'notAsked', detail: 'this question is not asked here' };
}
