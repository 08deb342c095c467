import { type Cell, CellModel, type Histogram } from '../../surveys/aggregates/index.ts';
import { cellKey } from '../../surveys/aggregates/keys.ts';
import { mergeHistograms } from '../../surveys/aggregates/measures.ts';

export const survey = 'customer-journey';
const counts = { department: 20, channel: 9, product: 40 };

/** What the directory knows of where the answers are. */
export const placeKeys = (['department', 'channel', 'product'] as const).flatMap((kind) =>
  Array.from({ length: counts[kind] }, (_, index) => ({ kind, key: `${kind}-${index}` })),
);

/** Question to its highest answer. */
const questions = { overall: 10, ease: 5, listening: 5, treatment: 5, clarity: 5, leadTime: 5, trust: 5 };

/**
 * Adds answers of 2026 to the cells as a roll-up would have left them: of 20 departments, 9 channels, 40 products and 12
 * months. The first keys of each dimension get most.
 */
export async function addAnswers(responses: number): Promise<void> {
  let seed = responses;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 4_294_967_296;
  };
  const oneOf = (count: number) => Math.floor(count * random() ** 1.5);
  const cells = new Map<string, Cell>();
  for (let index = 0; index < responses; index++) {
    const fields = {
      survey,
      version: 1,
      department: `department-${oneOf(counts.department)}`,
      channel: `channel-${oneOf(counts.channel)}`,
      product: `product-${oneOf(counts.product)}`,
      stage: '',
      mode: 'web',
      month: `2026-${String(1 + Math.floor(12 * random())).padStart(2, '0')}`,
    };
    const _id = cellKey(fields);
    const cell = cells.get(_id) ?? { _id, ...fields, n: 0, histograms: {}, fence: 1 };
    cell.n += 1;
    for (const [question, bins] of Object.entries(questions)) {
      cell.histograms[question] ??= {};
      const histogram: Histogram = cell.histograms[question];
      const bin = String(bins - Math.floor(bins * random() ** 2));
      histogram[bin] = (histogram[bin] ?? 0) + 1;
    }
    cells.set(_id, cell);
  }
  const ids = [...cells.keys()];
  for (let at = 0; at < ids.length; at += 2_000) {
    const some = ids.slice(at, at + 2_000);
    const added = some.map((id) => cells.get(id)!);
    for (const before of await CellModel.find({ _id: { $in: some } }).lean())
      mergeInto(cells.get(before._id)!, before);
    await CellModel.deleteMany({ _id: { $in: some } });
    await CellModel.insertMany(added, { lean: true });
  }
}

function mergeInto(cell: Cell, before: Cell): void {
  cell.n += before.n;
  for (const [question, histogram] of Object.entries(before.histograms)) {
    cell.histograms[question] = mergeHistograms([cell.histograms[question] ?? {}, histogram]);
  }
}
