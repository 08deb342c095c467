import { existsSync } from 'node:fs';
import Table from 'cli-table3';
import { Command, Option } from 'commander';
import { findPersonalData, type PersonalData } from '../../surveys/responses/redaction.ts';
import { type OffsetUnit, readLabelledComments, synonyms } from './labelled-comments.ts';
import { goals, isBelowGoals, judge, type KindScore, score } from './scoring.ts';

/** `npm run redaction:score FILE`: how well redaction finds what people labelled as personal data. */
interface Options {
  json?: boolean;
  misses?: boolean;
  offsets: OffsetUnit;
}

const help = `
FILE holds one JSON object a line: {"text": "…", "spans": [{"start": 0, "end": 5, "kind": "phone"}]}.
Offsets count UTF-16 code units (see --offsets) from 0; end is the first offset after the span.

Kinds, in any case and with or without spaces and dashes:
${Object.entries(synonyms)
  .map(([kind, names]) => `  ${kind.padEnd(8)} ${names.join(', ')}`)
  .join('\n')}
An address is a Dutch postcode with a house number. Labels of any other kind are named and not scored.

A label is a hit when marks of its kind cover all its digits, and for e-mail, IBAN and what is spelt in words also
all its letters; hits with exactly the label's borders are counted apart. A mark that touches no label of its
kind is a false alarm. Recall is hits per label, precision is marks without false alarms per mark.

A bad line is named on standard error with its number, and the rest is scored.
Exit code: 0; 1 when a kind is below ${goals.recall} recall or ${goals.precision} precision; 2 when nothing could be scored.
With npm, options come after a double dash: npm run redaction:score -- FILE --misses`;

await new Command('redaction:score')
  .argument('<file>', 'labelled comments, one JSON object a line')
  .option('--json', 'answer with one JSON value')
  .option('--misses', 'also show the labels that were missed, and the false alarms')
  .addOption(
    new Option('--offsets <unit>', 'what the offsets in FILE count; code points are what Python counts')
      .choices(['utf-16', 'code-points'])
      .default('utf-16'),
  )
  .addHelpText('after', help)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(run)
  .parseAsync();

async function run(file: string, { json, misses, offsets }: Options): Promise<void> {
  if (!existsSync(file)) return nothingToScore(`There is no file ${file}`);
  const { comments, badLines } = await readLabelledComments(file, offsets);
  for (const { line, faults } of badLines) {
    console.error(
      `line ${line}: ${faults.map(({ pointer, detail }) => `${pointer} ${detail}`.trim()).join('; ')}`,
    );
  }
  const otherKinds = [...new Set(comments.flatMap((comment) => comment.otherKinds))];
  if (otherKinds.length > 0) console.error(`not scored, no kind that is redacted: ${otherKinds.join(', ')}`);
  if (comments.length === 0) return nothingToScore(`No line of ${file} could be scored`);

  const marked = comments.map((comment) => ({ ...comment, marks: findPersonalData(comment.text) }));
  const scores = score(marked);
  const mistakes = misses
    ? marked.flatMap((comment) => mistakesOf(comment.line, comment.text, judge(comment)))
    : [];
  if (json) {
    console.log(
      JSON.stringify({
        comments: comments.length,
        goals,
        scores,
        badLines,
        otherKinds,
        ...(misses && { mistakes }),
      }),
    );
  } else {
    console.log(`${comments.length} comments`);
    console.log(tableOf(scores));
    for (const { line, what, kind, part, text } of mistakes) {
      console.log(`line ${line}: ${what} ${kind} ${JSON.stringify(part)} in ${JSON.stringify(text)}`);
    }
  }
  if (scores.some((one) => one.kind !== 'total' && isBelowGoals(one))) process.exitCode = 1;
}

function nothingToScore(reason: string): void {
  console.error(reason);
  process.exitCode = 2;
}

function mistakesOf(line: number, text: string, { misses, falseAlarms }: ReturnType<typeof judge>) {
  const told = (what: 'missed' | 'false alarm') => (data: PersonalData) => ({
    ...{ line, what, ...data, part: text.slice(data.start, data.end), text },
  });
  return [...misses.map(told('missed')), ...falseAlarms.map(told('false alarm'))];
}

function tableOf(scores: KindScore[]): string {
  const table = new Table({
    head: ['kind', 'labels', 'hits', 'exact', 'marks', 'false alarms', 'recall', 'precision', ''],
    style: { head: [], border: [] },
    colAligns: ['left', ...Array<'right'>(7).fill('right'), 'left'],
  });
  for (const one of scores) {
    const { kind, labels, hits, exact, marks, falseAlarms, recall, precision } = one;
    const verdict = kind !== 'total' && isBelowGoals(one) ? 'below' : '';
    table.push([kind, labels, hits, exact, marks, falseAlarms, share(recall), share(precision), verdict]);
  }
  return table.toString();
}

/** Rounded down, so that what stays below a goal never looks as if it reached it. */
function share(value: number | undefined): string {
  return value === undefined ? '-' : (Math.floor(value * 1000) / 1000).toFixed(3);
}
