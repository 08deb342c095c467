import type { Fault } from '../../../schemas/validate.ts';
import { redact } from '../redaction.ts';
import type { MappedResponse, Person } from './people.ts';

/** A fault of an item, in the column that it came from. */
export function locate(
  { pointer, detail }: Fault,
  { columns }: MappedResponse,
): { column: string; detail: string } {
  const [, top = '', question = ''] = pointer.split('/');
  if (top === 'answers') return { column: columns.get(question) ?? '', detail: `${question} ${detail}` };
  return { column: '', detail: `${top} ${detail}` };
}

/** What becomes of a person's rows, with the first of the reasons against them. */
export function decisionOn({ faults, responses }: Person): { decision: string; reason?: string } {
  if (faults.length > 0) return { decision: 'rejected', reason: faults[0]!.reason };
  return { decision: responses.length > 0 ? 'stored' : 'empty' };
}

/** Everything that is wrong with a person's rows, for the file of rejected rows. */
export function explain({ faults }: Person): { reason: string; detail: string } {
  const detail = faults.map(
    (fault) => `line ${fault.line}, ${fault.column || 'row'}: ${fault.detail || fault.reason}`,
  );
  return { reason: faults[0]?.reason ?? '', detail: detail.join('; ') };
}

/** A response as it would be stored, for people to look at. */
export function shown({ externalId: _, answers, ...item }: MappedResponse['item']): object {
  const plain = Object.entries(answers).map(([key, answer]) => [
    key,
    typeof answer === 'string' ? redact(answer) : answer,
  ]);
  return { ...item, answers: Object.fromEntries(plain) };
}
