/**
 * The Golden Ear score once more, straight from what the product's domain notes say and from raw answers: it shares no
 * code with the product. Nine areas of four statements; an area counts for a respondent who answered three of them,
 * and for a department from five such respondents; its score is weight x mean level / 3.
 */
const weights: [area: string, weight: number][] = [
  ['sturing', 20],
  ['medewerkers', 20],
  ['stemVanDeKlant', 10],
  ['middelen', 10],
  ['leren', 10],
  ['vertrouwen', 10],
  ['verbetering', 10],
  ['verbondenMedewerkers', 5],
  ['meerwaarde', 5],
];
const steps: [from: number, level: string][] = [
  [90, 'fiveStars'],
  [80, 'fourStars'],
  [70, 'threeStars'],
  [50, 'twoStars'],
  [30, 'oneStar'],
  [20, 'committed'],
  [0, 'start'],
];

export interface IndependentScore {
  areas: Record<string, number | undefined>;
  statements: Record<string, number | undefined>;
  /** Not rounded. */
  total: number | undefined;
  level: string | undefined;
}

export function independentScore(scans: Record<string, unknown>[]): IndependentScore {
  const areas: IndependentScore['areas'] = {};
  const statements: IndependentScore['statements'] = {};
  let total: number | undefined = 0;
  for (const [index, [area, weight]] of weights.entries()) {
    const keys = [1, 2, 3, 4].map((place) => `q${4 * index + place}`);
    for (const key of keys) statements[key] = average(scans.map((scan) => scan[key]).filter(isNumber));
    const means: number[] = [];
    for (const scan of scans) {
      const given = keys.map((key) => scan[key]).filter(isNumber);
      if (given.length > 2) means.push(given.reduce((sum, one) => sum + one, 0) / given.length);
    }
    const mean = average(means);
    areas[area] = mean === undefined ? undefined : (weight * mean) / 3;
    total = total === undefined || areas[area] === undefined ? undefined : total + areas[area];
  }
  const rounded = total === undefined ? undefined : Math.round(total * 10 + 1e-7) / 10;
  const level = rounded === undefined ? undefined : steps.find(([from]) => rounded >= from)?.[1];
  return { areas, statements, total, level };
}

/** Undefined for fewer than five. */
function average(values: number[]): number | undefined {
  if (values.length < 5) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
