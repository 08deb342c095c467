import type { AggregateRow } from '../../../schemas/generated/aggregate-row.ts';
import { meanInterval } from '../comparisons.ts';
import type { MeasuredQuestion } from '../measured-questions.ts';
import { meanWithSpread } from '../released-figures.ts';
import { roundHalfUp } from './figures.ts';
import type { ReleaseRow } from './models.ts';

/** Measures that follow from the published figures of a row, so that they need no place in a release. */
export function furtherMeasures(
  question: MeasuredQuestion,
  figures: ReleaseRow['figures'],
): Pick<AggregateRow, 'meanInterval' | 'median'> {
  const mean = meanWithSpread(question, figures);
  const interval = mean && meanInterval(mean);
  const median = medianBand(question, figures);
  return {
    ...(interval && { meanInterval: interval.map((end) => roundHalfUp(end, 2)) as [number, number] }),
    ...(median !== undefined && { median }),
  };
}

/** The band with the middle one of the scored answers; of an even number, the lower of the two in the middle. */
function medianBand(question: MeasuredQuestion, { distribution }: ReleaseRow['figures']): string | undefined {
  if (!distribution) return undefined;
  const scored = question.bands
    .filter(({ bins }) => question.valueOf(bins[0]!) !== undefined)
    .sort((a, b) => question.valueOf(a.bins[0]!)! - question.valueOf(b.bins[0]!)!);
  const n = scored.reduce((sum, { key }) => sum + (distribution[key] ?? 0), 0);
  let passed = 0;
  return scored.find(({ key }) => {
    passed += distribution[key] ?? 0;
    return n > 0 && passed >= n / 2;
  })?.key;
}
