import { checkDefinition } from '../../../surveys/definitions/index.ts';
import { sampleDefinition } from '../../support/definition.ts';

/** A definition as an author may send it: any JSON. */
// biome-ignore lint/suspicious/noExplicitAny: tests break a definition in ways that its type forbids
export type Draft = any;

/** What the check says of the sample after a change, as "code pointer" lines. */
export function faultsAfter(
  change: (draft: Draft) => void,
  previous?: ReturnType<typeof sampleDefinition>,
): string[] {
  const draft: Draft = sampleDefinition();
  change(draft);
  return checkDefinition(draft, previous).map(({ code, pointer }) => `${code} ${pointer}`);
}

/** The sample as a next version that says "same" of every question. */
export function withMeaning(draft: Draft): Draft {
  for (const key of Object.keys(draft.properties)) draft.properties[key].question.meaning = 'same';
  return draft;
}
