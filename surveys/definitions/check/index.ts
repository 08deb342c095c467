import type { SurveyDefinition } from '../../../schemas/generated/survey-definition.ts';
import type { Fault } from '../../../schemas/validate.ts';
import { formFaults } from './form.ts';

/** Every fault of a definition, with JSON pointers; empty when it may be published after `previous`. */
export function checkDefinition(definition: unknown, _previous?: SurveyDefinition): Fault[] {
  return formFaults(definition);
}
