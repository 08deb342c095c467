import type { SurveyDefinition } from '../../../schemas/generated/survey-definition.ts';
import type { Fault } from '../../../schemas/validate.ts';
import { conditionFaults } from './conditions.ts';
import { derivedFaults } from './derived.ts';
import { formFaults } from './form.ts';
import { meaningFaults } from './meanings.ts';
import { outlineOf } from './outline.ts';
import { questionFaults } from './questions.ts';
import { scaleFaults } from './scales.ts';

/**
 * Every fault of a definition at once, with JSON pointers; empty when it may be published after `previous`, the
 * newest version of the same survey. Never throws, whatever it is given. The codes are explained in
 * docs/survey-definitions.md.
 */
export function checkDefinition(definition: unknown, previous?: SurveyDefinition): Fault[] {
  const form = formFaults(definition);
  const outline = outlineOf(definition, form);
  return [
    ...form,
    ...scaleFaults(outline),
    ...questionFaults(outline),
    ...derivedFaults(outline),
    ...conditionFaults(outline),
    ...meaningFaults(outline, previous),
  ];
}
