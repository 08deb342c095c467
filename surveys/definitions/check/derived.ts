import type { DerivedKeyword } from '../../../schemas/generated/survey-definition.ts';
import type { Fault } from '../../../schemas/validate.ts';
import { commonDenominator } from '../derived.ts';
import { numbersOf } from '../scales.ts';
import type { Outline, Part } from './outline.ts';
import { duplicates } from './questions.ts';

/** A histogram of a derived score has at most this many bins. */
const mostBins = 1000;

/** Derived scores of questions that don't exist or don't add up, and weights that are not 100 together. */
export function derivedFaults(outline: Outline): Fault[] {
  return [
    ...outline.derived.flatMap((derived) => [
      ...nameFaults(derived, outline),
      ...sourceFaults(derived, outline),
    ]),
    ...duplicates(outline.derived),
    ...weightFaults(outline),
  ];
}

function nameFaults({ key, pointer }: Part<DerivedKeyword>, { names }: Outline): Fault[] {
  if (!names.questions.has(key)) return [];
  const detail = `"${key}" is a question: its counts would mix with these`;
  return [{ pointer: `${pointer}/key`, code: 'duplicate', detail }];
}

function sourceFaults(
  { pointer, value }: Part<DerivedKeyword>,
  { questions, scales, names }: Outline,
): Fault[] {
  const { from, minAnswered } = value;
  const faults: Fault[] = from.flatMap((key, index) =>
    names.questions.has(key)
      ? []
      : [{ pointer: `${pointer}/from/${index}`, code: 'unknownQuestion', detail: `no question is "${key}"` }],
  );
  if (minAnswered > from.length) {
    const detail = `of ${from.length} questions no more than ${from.length} can be answered`;
    faults.push({ pointer: `${pointer}/minAnswered`, code: 'maximum', detail });
  }
  const sources = questions.filter(({ key }) => from.includes(key));
  const scaleNames = new Set(sources.map((source) => source.value.question.scale));
  const used = scales.filter(({ key }) => scaleNames.has(key));
  const isCountable = used.every(({ value: scale }) => scale.kind === 'number' && numbersOf(scale)[0] === 0);
  if (scaleNames.size > 1 || !isCountable) {
    const detail = 'the questions share one number scale that starts at 0';
    faults.push({ pointer: `${pointer}/from`, code: 'derivedScale', detail });
    return faults;
  }
  const scale = used[0]?.value;
  if (scale?.kind !== 'number' || minAnswered > from.length) return faults;
  if (numbersOf(scale).at(-1)! * commonDenominator(minAnswered, from.length) >= mostBins) {
    const detail = `the possible means are more than ${mostBins}; take fewer questions or a higher minAnswered`;
    faults.push({ pointer, code: 'tooFine', detail });
  }
  return faults;
}

function weightFaults({ derived }: Outline): Fault[] {
  if (derived.length === 0) return [];
  const total = derived.reduce((sum, { value }) => sum + value.weight, 0);
  if (Math.abs(total - 100) < 1e-9) return [];
  const detail = `the weights add up to ${total}, not to 100`;
  return [{ pointer: '/survey/derived', code: 'weights', detail }];
}
