/** One observation: what is explained, what may explain it, and how much it counts. */
export interface Observation {
  outcome: number;
  predictors: number[];
  weight: number;
}

export interface Importance {
  /** R², the share of the weighted variance of the outcome that the linear model explains. */
  explained: number;
  /** What each predictor adds to that, on average over all orders in which they can be taken in: together R². */
  shares: number[];
}

/** Less of the variance of a predictor than this is left: it says nothing that others have not said. */
const nothingLeft = 1e-9;

/**
 * Relative importance of predictors that go together, as Lindeman, Merenda and Gold define it (LMG, the Shapley value
 * of R²). Source: U. Grömping, "Relative importance for linear regression in R: the package relaimpo", Journal of
 * Statistical Software 17 (2006) 1. Needs 2^p regressions, each one sweep of the one before: right for a dozen predictors.
 * @returns undefined where the outcome does not vary
 */
export function relativeImportance(observations: readonly Observation[]): Importance | undefined {
  const predictors = observations[0]?.predictors.length ?? 0;
  const moments = covariances(observations, predictors);
  const variance = moments[predictors]![predictors]!;
  if (variance < nothingLeft) return undefined;

  const scales = moments.map((row, index) => row[index]!);
  const explainedBy = new Float64Array(2 ** predictors);
  const visit = (matrix: number[][], set: number, from: number) => {
    explainedBy[set] = 1 - matrix[predictors]![predictors]! / variance;
    for (let next = from; next < predictors; next++) {
      const swept = matrix[next]![next]! > nothingLeft * scales[next]! ? sweep(matrix, next) : matrix;
      visit(swept, set | (1 << next), next + 1);
    }
  };
  visit(moments, 0, 0);

  const shares = Array.from({ length: predictors }, (_, one) => {
    let share = 0;
    for (let set = 0; set < explainedBy.length; set++) {
      if (set & (1 << one)) continue;
      share += orders(bits(set), predictors) * (explainedBy[set | (1 << one)]! - explainedBy[set]!);
    }
    return share;
  });
  return { explained: explainedBy.at(-1)!, shares };
}

/** Weighted variances and covariances, the outcome last. */
function covariances(observations: readonly Observation[], predictors: number): number[][] {
  const columns = predictors + 1;
  const valuesOf = ({ predictors: values, outcome }: Observation) => [...values, outcome];
  const means = new Array<number>(columns).fill(0);
  let total = 0;
  for (const one of observations) {
    total += one.weight;
    for (const [column, value] of valuesOf(one).entries()) means[column]! += one.weight * value;
  }
  const moments = Array.from({ length: columns }, () => new Array<number>(columns).fill(0));
  for (const one of observations) {
    const values = valuesOf(one).map((value, column) => value - means[column]! / total);
    for (let row = 0; row < columns; row++) {
      for (let column = 0; column < columns; column++) {
        moments[row]![column]! += (one.weight * values[row]! * values[column]!) / total;
      }
    }
  }
  return moments;
}

/** What is left of all variances and covariances once a predictor is taken out of them. */
function sweep(matrix: number[][], pivot: number): number[][] {
  const along = matrix[pivot]!;
  return matrix.map((row, index) =>
    row.map((value, column) => value - (matrix[index]![pivot]! * along[column]!) / along[pivot]!),
  );
}

/** The share of all orders of `all` in which a given one comes right after a given set of so many. */
function orders(before: number, all: number): number {
  return (factorial(before) * factorial(all - before - 1)) / factorial(all);
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function bits(set: number): number {
  let count = 0;
  for (let left = set; left > 0; left >>= 1) count += left & 1;
  return count;
}
