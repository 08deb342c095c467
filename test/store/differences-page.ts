import { BSON } from 'mongodb';
import type { Case, Difference, Subject } from './semantics/case.ts';
import { subjects } from './semantics/index.ts';

/** docs/store-differences.md: in what the stores are known to differ from MongoDB. */
export function differencesPage(): string {
  const cases = subjects.flatMap((one) => one.cases);
  return `# How the stores differ

Golden Ear talks to MongoDB, to FerretDB and to its own embedded store through the same driver. The tests ask each of them
the same ${cases.length} questions, of which the answer is MongoDB's, and know where one answers otherwise: the lists
below. Whatever else differs is a fault. This page is written by \`npx tsx test/store/write-differences.ts\`; a test keeps it fresh.

The product uses nothing in which the stores differ. Where a store is stricter (it refuses by name) that shows at once; where one
passes over something in silence, a test of the product on that store is what shows it.

## The embedded store

${table('embedded')}

## FerretDB 1.24 (SQLite backend)

${table('ferretdb')}

Not in the table, because it shows only under load: FerretDB 1.24 reads a document, changes it and writes it back in
separate steps. Two updates of one document at the same moment can therefore lose one of the two (\`$inc\` counts less, a state is
taken twice). The embedded store and MongoDB change a document in one step, and the product relies on it.
`;
}

function table(server: 'embedded' | 'ferretdb'): string {
  const rows = subjects.flatMap((subject) => rowsOf(subject, server));
  return ['| asked | MongoDB gives | it gives | why |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function rowsOf({ subject, cases }: Subject, server: 'embedded' | 'ferretdb'): string[] {
  return cases.flatMap(({ name, expected, [server]: difference }: Case) =>
    difference ? [`| ${subject}: ${name} | ${shown(expected)} | ${told(difference)} |`] : [],
  );
}

function told(difference: Difference): string {
  if ('refuses' in difference) return `an error | refuses \`${difference.refuses}\` by name`;
  return `${shown(difference.gives)} | ${difference.why}`;
}

function shown(outcome: unknown): string {
  if (typeof outcome === 'object' && outcome !== null && 'error' in outcome && !('keyPattern' in outcome)) {
    return `error ${outcome.error}`;
  }
  const text = BSON.EJSON.stringify(outcome).replaceAll('|', '\\|');
  return `\`${text.length > 120 ? `${text.slice(0, 119)}…` : text}\``;
}
