import jstat from 'jstat';

/**
 * The number of standard errors on either side that an interval of this confidence (0.95 for 95 %) spans, from the
 * standard normal distribution.
 */
export function normalQuantile(confidence: number): number {
  return jstat.normal.inv(1 - (1 - confidence) / 2, 0, 1);
}

/** The same from Student's t distribution; the degrees of freedom need not be whole. */
export function studentQuantile(confidence: number, degreesOfFreedom: number): number {
  return jstat.studentt.inv(1 - (1 - confidence) / 2, degreesOfFreedom);
}
