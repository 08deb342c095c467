import type { AnswerSchema } from '../../../schemas/generated/survey-definition.ts';
import { escapePointer, type Fault } from '../../../schemas/validate.ts';
import { type Consequence, hiddenKeys } from '../conditions.ts';
import type { Answer, Answers } from '../derived.ts';
import type { Outline } from './outline.ts';

/** More combinations of answers than this are not tried; a page nobody can oversee has them. */
const mostCombinations = 20_000;

/**
 * Conditions that no answers meet, questions that no answers lead to, and questions that are required and left
 * out at once. Found by trying all combinations of answers to the questions that conditions look at, separately
 * for conditions that have nothing to do with each other. Whether a question is off makes no difference here.
 */
export function reachabilityFaults(outline: Outline, consequences: Consequence[]): Fault[] {
  return groupsOf(consequences).flatMap((group) => {
    const reads = [...new Set(group.flatMap((one) => one.reads))];
    const schemas = reads.map((key) => outline.questions.find((question) => question.key === key)?.value);
    if (!schemas.every((schema) => schema !== undefined)) return [];
    const choices = schemas.map(possibleAnswers);
    if (choices.reduce((product, { length }) => product * length, 1) > mostCombinations) {
      const detail = `its conditions look at too many questions at once: ${reads.join(', ')}`;
      return [{ pointer: group[0]!.pointer, code: 'tooManyCombinations', detail }];
    }
    return tryAll(outline, group, reads, choices);
  });
}

function tryAll(
  { names }: Outline,
  group: Consequence[],
  reads: string[],
  choices: (Answer | undefined)[][],
): Fault[] {
  const hideable = [...names.questions].filter((key) => group.some((one) => one.hides.includes(key)));
  const unreached = new Set(group);
  const neverAsked = new Set(hideable);
  const contradicted = new Set<Consequence>();

  for (const answers of combinations(reads, choices)) {
    const hidden = hiddenKeys(hideable, group, answers);
    if (Object.keys(answers).some((key) => hidden.has(key))) continue;
    for (const key of neverAsked) if (!hidden.has(key)) neverAsked.delete(key);
    for (const consequence of group) {
      if (!consequence.holds(answers)) continue;
      unreached.delete(consequence);
      if (consequence.requires.some((key) => hidden.has(key))) contradicted.add(consequence);
    }
  }
  return [
    ...[...unreached].map(({ pointer }) => ({
      pointer,
      code: 'unreachableCondition',
      detail: 'no answers lead here',
    })),
    ...[...neverAsked].map((key) => ({
      pointer: `/properties/${escapePointer(key)}`,
      code: 'unreachableCondition',
      detail: 'no answers lead to this question',
    })),
    ...[...contradicted].map(({ pointer }) => ({
      pointer: `${pointer}/required`,
      code: 'requiredNotAsked',
      detail: 'a question is required and left out at once',
    })),
  ];
}

/** Consequences that share a question, directly or through others. */
function groupsOf(consequences: Consequence[]): Consequence[][] {
  let groups: { keys: string[]; members: Consequence[] }[] = [];
  for (const consequence of consequences) {
    const keys = [...consequence.reads, ...consequence.hides, ...consequence.requires];
    const related = groups.filter((group) => group.keys.some((key) => keys.includes(key)));
    const joined = {
      keys: [...keys, ...related.flatMap((group) => group.keys)],
      members: [...related.flatMap((group) => group.members), consequence],
    };
    groups = [...groups.filter((group) => !related.includes(group)), joined];
  }
  return groups.map((group) => group.members);
}

/** The widest scale there is; a schema that says more does not fit its scale, which is told elsewhere. */
const mostValues = 1001;

/** All answers to a question, with "none". Of a text: a short and a long one, for conditions don't read words. */
function possibleAnswers({
  type,
  minimum = 0,
  maximum = 0,
  ...schema
}: AnswerSchema): (Answer | undefined)[] {
  if (schema.enum !== undefined) return [undefined, ...schema.enum];
  if (type === 'string') return [undefined, 'x', 'x'.repeat(schema.maxLength ?? 1)];
  const length = Math.min(maximum - minimum + 1, mostValues);
  return [undefined, ...Array.from({ length }, (_, index) => minimum + index)];
}

function* combinations(keys: string[], choices: (Answer | undefined)[][]): Generator<Answers> {
  const [key, ...rest] = keys;
  if (key === undefined) {
    yield {};
    return;
  }
  for (const answers of combinations(rest, choices.slice(1))) {
    for (const choice of choices[0]!) yield choice === undefined ? answers : { ...answers, [key]: choice };
  }
}
