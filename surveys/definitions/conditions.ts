import type { Branch, SurveyDefinition, Test } from '../../schemas/generated/survey-definition.ts';
import { escapePointer } from '../../schemas/validate.ts';
import { compileSchema } from './compile.ts';
import type { Answers } from './derived.ts';

/** What a definition says under one condition. */
export interface Consequence {
  /** JSON pointer of the branch in the definition. */
  pointer: string;
  holds(answers: Answers): boolean;
  /** Keys of the questions whose answers the condition looks at. */
  reads: string[];
  /** Keys of the questions that are not asked when it holds (`"key": false`). */
  hides: string[];
  /** Keys of the questions that must be answered when it holds. */
  requires: string[];
}

type Conditional = Pick<
  SurveyDefinition,
  'required' | 'dependentRequired' | 'dependentSchemas' | 'allOf' | 'if' | 'then' | 'else'
>;
type Condition = Pick<Consequence, 'holds' | 'reads'>;

/**
 * All conditions of a definition (`if`/`then`/`else`, `dependentSchemas`, `dependentRequired`, also nested), as a
 * flat list in which each entry carries the whole condition that leads to it.
 */
export function consequencesOf(definition: Conditional): Consequence[] {
  return collect(definition, '', []);
}

function collect(schema: Conditional & Branch, pointer: string, path: Condition[]): Consequence[] {
  const found: Consequence[] = [];
  const under = (branch: Branch | undefined, at: string, condition?: Condition) => {
    if (branch === undefined) return;
    const conditions = condition ? [...path, condition] : path;
    found.push(consequence(branch, `${pointer}/${at}`, conditions));
    found.push(...collect(branch, `${pointer}/${at}`, conditions));
  };

  schema.allOf?.forEach((branch, index) => {
    under(branch, `allOf/${index}`);
  });
  if (schema.if !== undefined) {
    const test = compileTest(schema.if);
    const reads = keysRead(schema.if);
    under(schema.then, 'then', { holds: test, reads });
    under(schema.else, 'else', { holds: (answers) => !test(answers), reads });
  }
  for (const [key, branch] of Object.entries(schema.dependentSchemas ?? {})) {
    under(branch, `dependentSchemas/${escapePointer(key)}`, isAnswered(key));
  }
  for (const [key, required] of Object.entries(schema.dependentRequired ?? {})) {
    under({ required }, `dependentRequired/${escapePointer(key)}`, isAnswered(key));
  }
  return found;
}

function consequence(branch: Branch, pointer: string, path: Condition[]): Consequence {
  return {
    pointer,
    holds: (answers) => path.every((condition) => condition.holds(answers)),
    reads: [...new Set(path.flatMap((condition) => condition.reads))],
    hides: Object.keys(branch.properties ?? {}),
    requires: branch.required ?? [],
  };
}

function isAnswered(key: string): Condition {
  return { holds: (answers) => Object.hasOwn(answers, key), reads: [key] };
}

function compileTest(test: Test): (answers: Answers) => boolean {
  const check = compileSchema(test);
  return (answers) => check(answers) === true;
}

/** Keys of the answer set that a test mentions. */
function keysRead(test: Test): string[] {
  const parts = [...(test.allOf ?? []), ...(test.anyOf ?? []), ...(test.oneOf ?? [])];
  if (test.not !== undefined) parts.push(test.not);
  return [
    ...new Set([
      ...Object.keys(test.properties ?? {}),
      ...(test.required ?? []),
      ...parts.flatMap((part) => keysRead(part)),
    ]),
  ];
}

/**
 * The questions that these answers leave out. `keys` are all questions in their order; a condition looks at
 * earlier ones only. An answer to a left-out question doesn't count as given: what depends on it follows suit.
 */
export function hiddenKeys(keys: string[], consequences: Consequence[], answers: Answers): Set<string> {
  const hidden = new Set<string>();
  const given = { ...answers };
  for (const key of keys) {
    if (!consequences.some((one) => one.hides.includes(key) && one.holds(given))) continue;
    hidden.add(key);
    delete given[key];
  }
  return hidden;
}
