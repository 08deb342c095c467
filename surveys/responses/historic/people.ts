import type { Columns } from '../../contacts/import/values.ts';
import type { Row } from '../../files/row.ts';
import type { GivenAnswer, ReadRow, RowFault } from './read-row.ts';
import { nameOf } from './undo.ts';

/** A response of a person, as `recordResponses` takes it. */
export interface MappedResponse {
  item: Record<string, unknown> & { externalId: string; answers: Record<string, string | number> };
  /** From which column each question came. */
  columns: Map<string, string>;
}

/** Everything that a file says of one person: taken as a whole, or not at all. */
export interface Person {
  rows: Row<Columns>[];
  responses: MappedResponse[];
  faults: (RowFault & { line: number })[];
}

/**
 * Puts rows together by person: in a wide file each row is one, in a long file rows that follow each other. A person
 * whose rows do not stand together is refused from the second place on, since the first may be stored already.
 */
export async function* peopleOf(
  rows: AsyncIterable<Row<Columns>>,
  read: (row: Columns) => ReadRow,
): AsyncGenerator<Person> {
  const ended = new Set<string>();
  let open: { person: string; rows: Row<Columns>[]; reads: { line: number; read: ReadRow }[] } | undefined;
  for await (const row of rows) {
    const { content, line } = row;
    if (!content.ok) {
      yield {
        rows: [row],
        responses: [],
        faults: [{ line, column: '', reason: content.reason, detail: '' }],
      };
      continue;
    }
    const one = read(content.value);
    if (one.person === undefined) {
      yield personOf([row], [{ line, read: one }]);
      continue;
    }
    if (open && open.person !== one.person) {
      yield personOf(open.rows, open.reads);
      ended.add(open.person);
      open = undefined;
    }
    if (ended.has(one.person)) one.faults.push({ column: '', reason: 'notTogether', detail: apart });
    open ??= { person: one.person, rows: [], reads: [] };
    open.rows.push(row);
    open.reads.push({ line, read: one });
  }
  if (open) yield personOf(open.rows, open.reads);
}

const apart = 'the rows of one person must stand together: sort the file';

function personOf(rows: Row<Columns>[], reads: { line: number; read: ReadRow }[]): Person {
  const faults = reads.flatMap(({ line, read }) => read.faults.map((fault) => ({ line, ...fault })));
  const byPlace = new Map<string, MappedResponse>();
  for (const { line, read } of reads) {
    for (const answer of read.answers) {
      if (!add(byPlace, reads[0]!.line, answer))
        faults.push({
          line,
          column: answer.column,
          reason: 'twice',
          detail: 'answers a question a second time',
        });
    }
  }
  return { rows, responses: [...byPlace.values()], faults };
}

/** @returns false when that question was answered already */
function add(byPlace: Map<string, MappedResponse>, line: number, given: GivenAnswer): boolean {
  const { place, question, answer, column } = given;
  const key = JSON.stringify(Object.entries(place).sort());
  const response = byPlace.get(key) ?? {
    item: { ...place, externalId: nameOf(line, byPlace.size), answers: {} },
    columns: new Map<string, string>(),
  };
  byPlace.set(key, response);
  if (response.columns.has(question)) return false;
  response.item.answers[question] = answer;
  response.columns.set(question, column);
  return true;
}
