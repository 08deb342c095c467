import type { Fault } from '../../../schemas/validate.ts';
import type { TextKey } from '../i18n.ts';

/** The form of a new action, field by field, as typed. */
const actionFields = [
  'kind',
  'about',
  'month',
  'department',
  'product',
  'what',
  'owner',
  'by',
  'measure',
] as const;

export type ActionValues = Record<(typeof actionFields)[number], string>;

/** Reads the fields of a form or of an address; what is not there is empty. */
export function actionValues(given: Readonly<Record<string, unknown>>): ActionValues {
  const entries = actionFields.map((name) => {
    const value = given[name];
    return [name, typeof value === 'string' ? value.trim().replaceAll('\r\n', '\n') : ''];
  });
  return Object.fromEntries(entries) as ActionValues;
}

/** The action that a form describes, for the rules to check. */
export function actionOf(values: ActionValues): unknown {
  const { kind, about, month, department, product, what, owner, by, measure } = values;
  const dot = measure.indexOf('.');
  return {
    department,
    ...(product && { product }),
    signal: { kind, month, about },
    what,
    owner,
    by,
    ...(measure && { measure: { survey: measure.slice(0, dot), question: measure.slice(dot + 1) } }),
  };
}

/** The sentences for what is wrong, one per field, in the order of the form. */
export function actionFaults(faults: Fault[]): TextKey[] {
  const wrong = new Set(
    faults.map(({ pointer }) => pointer.split('/').at(pointer.startsWith('/signal') ? 2 : 1)),
  );
  return actionFields.filter((name) => wrong.has(name)).map((name): TextKey => `actions.fault.${name}`);
}
