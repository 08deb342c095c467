import { escapePointer, type Fault } from '../../../schemas/validate.ts';
import { type Consequence, consequencesOf } from '../conditions.ts';
import type { Outline } from './outline.ts';
import { reachabilityFaults } from './reachability.ts';

/** Conditions that name unknown questions, look ahead, ask the impossible or can never come true. */
export function conditionFaults(outline: Outline): Fault[] {
  const consequences = consequencesOf(outline.conditions);
  const faults = [
    ...requiredFaults(outline.conditions.required ?? [], '', outline),
    ...rootRequiredButHidden(outline, consequences),
    ...consequences.flatMap((consequence) => [
      ...unknownQuestions(consequence, outline),
      ...laterQuestions(consequence, outline),
      ...requiredFaults(consequence.requires, consequence.pointer, outline),
    ]),
  ];
  return [...withoutRepeats(faults), ...reachabilityFaults(outline, consequences)];
}

function unknownQuestions({ pointer, reads, hides }: Consequence, { names }: Outline): Fault[] {
  const unknown = (key: string) => !names.questions.has(key);
  return [
    ...reads.filter(unknown).map((key) => ({
      pointer,
      code: 'unknownQuestion',
      detail: `its condition looks at "${key}", which is no question`,
    })),
    ...hides.filter(unknown).map((key) => ({
      pointer: `${pointer}/properties/${escapePointer(key)}`,
      code: 'unknownQuestion',
      detail: `no question is "${key}"`,
    })),
  ];
}

/** A page without scripts asks from top to bottom: what is asked can depend only on what was asked above it. */
function laterQuestions({ pointer, reads, hides }: Consequence, { names }: Outline): Fault[] {
  const order = [...names.questions];
  return hides.flatMap((key) => {
    const later = reads.filter(
      (read) => names.questions.has(read) && order.indexOf(read) >= order.indexOf(key),
    );
    if (later.length === 0 || !names.questions.has(key)) return [];
    const detail = `"${key}" depends on ${later.map((read) => `"${read}"`).join(', ')}, which comes after it`;
    return [{ pointer: `${pointer}/properties/${escapePointer(key)}`, code: 'laterQuestion', detail }];
  });
}

function requiredFaults(required: string[], pointer: string, { questions, names }: Outline): Fault[] {
  return required.flatMap((key, index) => {
    const at = `${pointer}/required/${index}`;
    if (!names.questions.has(key)) {
      return [{ pointer: at, code: 'unknownQuestion', detail: `no question is "${key}"` }];
    }
    const question = questions.find((one) => one.key === key)?.value.question;
    if (!question?.off && question?.channels === undefined) return [];
    const detail = `"${key}" is not asked of everybody, so it can't be required`;
    return [{ pointer: at, code: 'requiredNotAsked', detail }];
  });
}

function rootRequiredButHidden({ conditions }: Outline, consequences: Consequence[]): Fault[] {
  return (conditions.required ?? []).flatMap((key, index) =>
    consequences.some(({ hides }) => hides.includes(key))
      ? [
          {
            pointer: `/required/${index}`,
            code: 'requiredNotAsked',
            detail: `"${key}" is left out under a condition, so it can't be required always`,
          },
        ]
      : [],
  );
}

/** A nested condition repeats what was wrong with those around it. */
function withoutRepeats(faults: Fault[]): Fault[] {
  const seen = new Set<string>();
  return faults.filter(({ pointer, code, detail }) => {
    const name = JSON.stringify([pointer, code, detail]);
    return !seen.has(name) && seen.add(name);
  });
}
