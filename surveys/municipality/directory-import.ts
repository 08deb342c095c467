import { parse } from 'csv-parse/sync';
import type { Fault } from '../../schemas/validate.ts';
import { problem } from '../problems.ts';
import { checkEntry, type Parents, parentsOf, replaceEntries } from './directory-changes.ts';
import { type DirectoryKind, directoryKinds, type ListedEntry } from './directory-model.ts';

/** What became of one row: `line` counts from 1, the heading included. */
export interface DirectoryResult {
  line: number;
  kind?: DirectoryKind;
  key: string;
  decision: 'stored' | 'rejected';
  errors?: Fault[];
}

interface Row {
  line: number;
  /** Fields beyond the heading. */
  surplus: number;
  kind: string;
  key: string;
  value: { names: { nl: string; en?: string }; parent?: string; email?: string };
}

const columns = ['kind', 'key', 'nl', 'en', 'parent', 'email'];

/**
 * Stores the entries of a CSV text with the columns `key, nl, en, parent, email`, and `kind` unless one is given.
 * Commas or semicolons. A parent may come after its children. A bad row never spoils its neighbours.
 * @throws Problem `badRequest` when the text is not such a table at all.
 */
export async function importDirectory(text: string, kind?: DirectoryKind): Promise<DirectoryResult[]> {
  const rows = readRows(text, kind);
  const parents = new Map<DirectoryKind, Parents>();
  for (const one of directoryKinds) parents.set(one, await parentsOf(one));
  const stored: { kind: DirectoryKind; entry: ListedEntry }[] = [];
  const results = parentsFirst(rows).map((row): DirectoryResult => {
    const { line, key, value } = row;
    const known = directoryKinds.find((one) => one === row.kind);
    if (!known) return { line, key, decision: 'rejected', errors: [unknownKind] };
    if (row.surplus > 0) return { line, kind: known, key, decision: 'rejected', errors: [tooManyFields] };
    const checked = checkEntry(known, key, value, parents.get(known) ?? new Map());
    if (!checked.ok) return { line, kind: known, key, decision: 'rejected', errors: checked.faults };
    parents.get(known)?.set(key, checked.value.parent);
    stored.push({ kind: known, entry: { key, ...checked.value, isNew: false } });
    return { line, kind: known, key, decision: 'stored' };
  });
  await replaceEntries(stored);
  return results.sort((one, other) => one.line - other.line);
}

const unknownKind: Fault = {
  pointer: '/kind',
  code: 'enum',
  detail: `must be one of ${directoryKinds.join(', ')}`,
};

const tooManyFields: Fault = { pointer: '', code: 'columns', detail: 'has more fields than the heading' };

function readRows(text: string, kind: DirectoryKind | undefined): Row[] {
  const [heading, ...lines] = readTable(text);
  const needed = kind ? ['key', 'nl'] : ['kind', 'key', 'nl'];
  const missing = needed.filter((column) => !heading?.includes(column));
  const unknown = (heading ?? []).filter((column) => !columns.includes(column));
  if (!heading || missing.length > 0 || unknown.length > 0) {
    throw problem('badRequest', {
      detail: `The first line must name the columns ${columns.join(', ')}; at least ${needed.join(', ')}.`,
    });
  }
  return lines.map((fields, index) => {
    const field = (column: string) => fields[heading.indexOf(column)]?.trim() ?? '';
    return {
      line: index + 2,
      surplus: Math.max(0, fields.length - heading.length),
      kind: kind ?? field('kind'),
      key: field('key'),
      value: {
        names: { nl: field('nl'), ...(field('en') && { en: field('en') }) },
        ...(field('parent') && { parent: field('parent') }),
        ...(field('email') && { email: field('email') }),
      },
    };
  });
}

function readTable(text: string): string[][] {
  const delimiter = /^[^\n]*;/.test(text) ? ';' : ',';
  try {
    return parse(text, { bom: true, delimiter, relaxColumnCount: true, skipEmptyLines: true });
  } catch {
    throw problem('badRequest', { detail: 'The text is not valid CSV.' });
  }
}

/** Rows in an order in which a parent comes before its children; those in a circle come last. */
function parentsFirst(rows: readonly Row[]): Row[] {
  const ordered: Row[] = [];
  let waiting = [...rows];
  while (waiting.length > 0) {
    const keys = new Set(waiting.map(({ kind, key }) => `${kind}:${key}`));
    const free = waiting.filter(({ kind, value }) => !keys.has(`${kind}:${value.parent}`));
    const next = new Set(free.length > 0 ? free : waiting);
    ordered.push(...next);
    waiting = waiting.filter((row) => !next.has(row));
  }
  return ordered;
}
