import type { Histogram } from '../cells.ts';
import type { MeasuredQuestion } from '../measured-questions.ts';
import { countAnswers, mean, responseRate, responseRate1, verdictOn, wilsonInterval } from '../measures.ts';
import type { ReleaseRow } from './models.ts';

/** Counts the changes of what a row says: a release writes rows of an older form anew. */
export const figuresForm = 2;

/** Fewer answers than this give a hint, not a result. */
const solid = 30;

/** The published figures of a row. `invitations`: what became of them, where that is published with this row. */
export function figuresOf(
  question: MeasuredQuestion,
  histogram: Histogram,
  target: number,
  invitations?: Histogram,
): ReleaseRow['figures'] {
  const responses = countAnswers(histogram);
  const average = mean(histogram, question.valueOf);
  return {
    status: responses < solid ? 'indicative' : 'published',
    responses,
    ...(average !== undefined && { mean: roundHalfUp(average, question.decimals ?? 1) }),
    ...satisfactionOf(question, histogram, target),
    distribution: Object.fromEntries(
      question.bands.map(({ key, bins }) => [key, countAnswers(histogram, bins)]),
    ),
    ...(invitations && denominatorsOf(invitations)),
  };
}

/** Shares are of the scored answers; without any there is none. */
function satisfactionOf(question: MeasuredQuestion, histogram: Histogram, target: number) {
  const { satisfied, dissatisfied, bins } = question;
  if (!satisfied || !dissatisfied) return {};
  const scored = countAnswers(
    histogram,
    bins.filter((bin) => question.valueOf(bin) !== undefined),
  );
  if (scored === 0) return {};
  const content = countAnswers(histogram, satisfied);
  const interval = wilsonInterval(content, scored);
  return {
    satisfied: roundHalfUp(content / scored, 4),
    satisfiedInterval: interval.map((end) => roundHalfUp(end, 4)) as [number, number],
    dissatisfied: roundHalfUp(countAnswers(histogram, dissatisfied) / scored, 4),
    target,
    verdict: verdictOn(interval, target),
  };
}

/**
 * What became of the invitations. Of open and undelivered ones only the sum is protected (release-year.ts), so nothing
 * here tells them apart by more than the rounded rate.
 */
function denominatorsOf({ answered = 0, open = 0, undelivered = 0 }: Histogram) {
  const delivered = responseRate({ answered, accepted: answered + open, bounced: 0 });
  const invited = answered + open + undelivered;
  const rr1 = responseRate1({ answered, invited });
  return {
    invited,
    answered,
    ...(delivered !== undefined && { responseRate: roundHalfUp(delivered, 3) }),
    ...(rr1 !== undefined && { responseRate1: roundHalfUp(rr1, 4) }),
  };
}

/** Halves go up: that a published value can always be a little larger keeps hidden numbers free. */
export function roundHalfUp(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  // Twelve digits, so that 72.49999999999999, a half but for the noise of binary fractions, goes up too.
  return Math.floor(Number((value * factor).toPrecision(12)) + 0.5) / factor;
}
