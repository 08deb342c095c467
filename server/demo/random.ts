/**
 * A small repeatable random source (mulberry32), so that the demo tells the same story each time.
 * Returns numbers in [0, 1). Not for secrets.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws one key, in proportion to its weight. */
export function draw<K extends string>(
  random: () => number,
  weights: ReadonlyArray<readonly [K, number]>,
): K {
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random() * total;
  for (const [key, weight] of weights) {
    left -= weight;
    if (left < 0) return key;
  }
  return weights[weights.length - 1]![0];
}
