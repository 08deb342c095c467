import type { Histogram } from '../cells.ts';
import type { MeasuredQuestion } from '../measured-questions.ts';
import { countAnswers, mean, responseRate, responseRate1, verdictOn, wilsonInterval } from '../measures.ts';
import type { ReleaseRow } from './models.ts';

/** Counts the changes of what a row says: a release writes rows of an older form anew. */
export const figuresForm = 3;

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

/** Contacts and delivered mails are published in tens (docs/decisions/0014-funnel-and-drivers.md). */
const coarse = 10;

/**
 * What became of the contacts and invitations. Of open and undelivered invitations only the sum is protected
 * (denominators.ts), and of contacts nothing is, so both come rounded: nothing hidden follows from them.
 */
function denominatorsOf({ answered = 0, open = 0, undelivered = 0, contacts = 0 }: Histogram) {
  const delivered = inTens(answered + open);
  const rate = responseRate({ answered, delivered });
  const invited = answered + open + undelivered;
  const rr1 = responseRate1({ answered, invited });
  return {
    ...(contacts > 0 && { contacts: inTens(contacts) }),
    invited,
    delivered,
    answered,
    ...(rate !== undefined && { responseRate: roundHalfUp(rate, 3) }),
    ...(rr1 !== undefined && { responseRate1: roundHalfUp(rr1, 4) }),
  };
}

/** Halves go up, so that the true number can always be a little larger. */
function inTens(count: number): number {
  return roundHalfUp(count / coarse, 0) * coarse;
}

/** Halves go up: that a published value can always be a little larger keeps hidden numbers free. */
export function roundHalfUp(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  // Twelve digits, so that 72.49999999999999, a half but for the noise of binary fractions, goes up too.
  return Math.floor(Number((value * factor).toPrecision(12)) + 0.5) / factor;
}
