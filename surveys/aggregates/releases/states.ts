import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { LowerCounts } from '../disclosure/lower-counts.ts';
import { packFacts, unpackFacts } from '../facts.ts';
import { type ReleaseState, ReleaseStateModel } from './models.ts';
import type { PlainPlan, PlainPrevious } from './plan-thread.ts';

/** The release before, of one question in one year. */
export interface PreviousState extends PlainPrevious {
  basis: string;
  since: number;
}

/** The states of a year by question, as the newest release left them. */
export async function loadStates(survey: string, year: string): Promise<Map<string, PreviousState>> {
  const stored = await ReleaseStateModel.find({ survey, year }).sort({ number: 1 }).lean();
  return new Map(
    stored.map(({ question, basis, since, shown, lower, facts: { bins, places, counts } }) => [
      question,
      {
        basis,
        since,
        visible: new Set(linesIn(inflateRawSync(toBuffer(shown)).toString())),
        lower: lower ? unpackLowerCounts(toBuffer(lower)) : new Map(),
        facts: unpackFacts({ bins, places: toBuffer(places), counts: toBuffer(counts) }),
      },
    ]),
  );
}

/** Keeps what this release shows of a question in a year, for the next one. */
export async function saveState(
  { survey, year, number }: Pick<ReleaseState, 'survey' | 'year' | 'number'>,
  {
    plan: { entries, hidden, facts, lower },
    countShown = true,
    ...state
  }: Pick<ReleaseState, 'question' | 'since' | 'basis' | 'checksum'> & {
    plan: PlainPlan;
    countShown?: boolean;
  },
): Promise<void> {
  const shown = entries.filter((_, entry) => hidden[entry] === 0).map(({ id }) => id);
  await ReleaseStateModel.create({
    ...state,
    _id: `${survey}|${state.question}|${year}|${number}`,
    survey,
    year,
    number,
    shown: deflateRawSync(shown.join('\n'), { level: 1 }),
    shownCount: countShown ? shown.length : 0,
    ...(lower.size > 0 && { lower: packLowerCounts(lower) }),
    facts: packFacts(facts),
  });
}

/** A line per count: the count, a space, its key. */
function packLowerCounts(lower: LowerCounts): Buffer {
  return deflateRawSync([...lower].map(([key, count]) => `${count} ${key}`).join('\n'), { level: 1 });
}

function unpackLowerCounts(packed: Buffer): LowerCounts {
  return new Map(
    linesIn(inflateRawSync(packed).toString()).map((line) => {
      const space = line.indexOf(' ');
      return [line.slice(space + 1), Number(line.slice(0, space))];
    }),
  );
}

function linesIn(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

/** The driver gives binary fields as its own type. */
function toBuffer(value: Buffer | { buffer: Uint8Array; position: number }): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer.subarray(0, value.position));
}
