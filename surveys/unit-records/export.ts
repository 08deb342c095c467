import mongoose from 'mongoose';
import { parseCellKey } from '../aggregates/keys.ts';
import { binsOf, type PublishedSurvey, publishedSurvey } from '../definitions/index.ts';
import { problem } from '../problems.ts';
import { type Response, ResponseModel } from '../responses/index.ts';
import { type Counted, type Generalised, generalise, leastAlike, nameOf, traitNames } from './generalise.ts';
import type { StoredGrant } from './grants.ts';

/** Records on their way out. */
export interface UnitRecords {
  /** As a share of these the progress is told. */
  total: number;
  leftOut: number;
  classes: number;
  /** Lines of CSV (RFC 4180), the header first, some thousand at a time with the number of records in them. */
  chunks(): AsyncGenerator<{ text: string; records: number }>;
}

type Scope = Pick<StoredGrant, 'survey' | 'from' | 'to'>;

/** Larger ones are hardly faster, and need more memory. */
const batchSize = 500;
const fields = { cell: 1, version: 1, answers: 1 } as const;

/**
 * The answers that a grant is about, one record each, without texts: generalised so that every combination of
 * department, channel, product, stage, mode and period is shared by ten records or more; in an order that says nothing
 * (that of keyed hashes). Memory does not grow with the number of records.
 * @throws Problem `notFound` for a survey that is not published; while streaming, `unavailable` when answers were
 *   withdrawn meanwhile, so that a combination is of fewer than ten: what was written must not be used
 */
export async function unitRecords(scope: Scope): Promise<UnitRecords> {
  const survey = await publishedSurvey(scope.survey);
  if (!survey) throw problem('notFound', { detail: 'There is no such survey.' });
  const generalised = generalise(await countPlaces(scope));
  const { traits, classes, leftOut } = generalised;
  const total = [...classes.values()].reduce((sum, size) => sum + size, 0);
  return {
    total,
    leftOut,
    classes: classes.size,
    chunks: () => chunksOf(scope, survey, { traits, classes, leftOut }),
  };
}

/** What is neither withdrawn nor left out by rule. */
function filterOf({ survey, from, to }: Scope) {
  return {
    survey,
    month: { $gte: from, $lte: to },
    deleted: { $ne: true },
    flagged: { $ne: true },
  };
}

async function countPlaces(scope: Scope): Promise<Counted[]> {
  const counts = await ResponseModel.aggregate<{ _id: string; n: number }>([
    { $match: filterOf(scope) },
    { $group: { _id: '$cell', n: { $sum: 1 } } },
  ]);
  return counts.map(({ _id, n }) => ({ ...parseCellKey(_id), key: _id, n }));
}

async function* chunksOf(
  scope: Scope,
  survey: PublishedSurvey,
  { traits }: Generalised,
): AsyncGenerator<{ text: string; records: number }> {
  const questions = survey.questions
    .filter(({ scale }) => binsOf(scale).length > 0)
    .map(({ key, since }) => ({ key, since }));
  const start = new Map(
    [...traits].map(([key, shown]) => [key, traitNames.map((name) => shown[name]).join(',')]),
  );
  const written = new Map<string, number>();
  // The driver's own cursor, a batch at a time: this is about a million records.
  const found = mongoose.connection
    .collection<Response>(ResponseModel.collection.name)
    .find(filterOf(scope), { projection: fields, sort: { _id: 1 }, batchSize });
  yield { text: `${[...traitNames, ...questions.map(({ key }) => key)].join(',')}\r\n`, records: 0 };
  while (await found.hasNext()) {
    const lines: string[] = [];
    for (const { cell, version, answers } of found.readBufferedDocuments()) {
      const traitsText = start.get(cell);
      // Stored since they were counted, in a place that had none.
      if (traitsText === undefined) continue;
      let line = traitsText;
      for (const { key, since } of questions) line += `,${version < since ? '' : (answers[key] ?? '')}`;
      lines.push(line, '\r\n');
      written.set(cell, (written.get(cell) ?? 0) + 1);
    }
    yield { text: lines.join(''), records: lines.length / 2 };
  }
  refuseSmall(traits, written);
}

function refuseSmall(traits: Generalised['traits'], written: Map<string, number>): void {
  const sizes = new Map<string, number>();
  for (const [cell, count] of written) {
    const name = nameOf(traits.get(cell)!);
    sizes.set(name, (sizes.get(name) ?? 0) + count);
  }
  if ([...sizes.values()].every((size) => size >= leastAlike)) return;
  throw problem('unavailable', { detail: 'Answers were withdrawn while they were read. Try again.' });
}
