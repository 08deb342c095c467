import { type Cell, CellModel, type Histogram, VolumeModel } from '../../../surveys/aggregates/index.ts';
import { cellKey, volumeKey } from '../../../surveys/aggregates/keys.ts';
import { countAnswers, mergeHistograms } from '../../../surveys/aggregates/measures.ts';

/** Where answers of a test count; what is left out has a value that does not matter. */
export interface TestPlace {
  survey?: string;
  version?: number;
  department?: string;
  channel?: string;
  product?: string;
  stage?: string;
  mode?: string;
  month?: string;
}

function complete(place: TestPlace) {
  const defaults = {
    survey: 'customer-journey',
    version: 1,
    department: 'parks',
    channel: 'phone',
    product: '',
    stage: '',
    mode: 'web',
    month: '2026-01',
  };
  return { ...defaults, ...place };
}

export interface TestCell {
  place: TestPlace;
  histograms: Record<string, Histogram>;
}

/** Replaces all cells by those that a roll-up of these answers would have left. Places may repeat: they add up. */
export async function putAnswers(answers: TestCell[]): Promise<void> {
  const cells = new Map<string, Cell>();
  for (const { place, histograms } of answers) {
    const fields = complete(place);
    const _id = cellKey(fields);
    const cell = cells.get(_id) ?? { _id, ...fields, n: 0, histograms: {}, fence: 1 };
    for (const [question, histogram] of Object.entries(histograms)) {
      cell.histograms[question] = mergeHistograms([cell.histograms[question] ?? {}, histogram]);
    }
    cell.n = Math.max(...Object.values(cell.histograms).map((histogram) => countAnswers(histogram)));
    cells.set(_id, cell);
  }
  await CellModel.deleteMany({});
  await CellModel.insertMany([...cells.values()]);
}

/** Stores what became of the invitations of a place. */
export async function putInvitations(
  place: TestPlace,
  {
    skipped = 0,
    ...counts
  }: { invited: number; accepted: number; bounced: number; answered: number; skipped?: number },
): Promise<void> {
  const { version: _version, mode: _mode, ...fields } = complete(place);
  await VolumeModel.replaceOne(
    { _id: volumeKey(fields) },
    { ...fields, ...counts, contacts: { invited: counts.invited, skipped }, fence: 1 },
    { upsert: true },
  );
}
