import loadHighs from 'highs';

/**
 * An attacker who knows everything that one release returns about a question in a year, and nothing else. It shares no
 * code with the product: it writes what is published as linear equations over all answers that there could be, and
 * asks a linear program between which limits each hidden number lies.
 */
export interface PublishedRow {
  /** What the row is about; absent dimensions are totals. */
  keys: Record<string, string>;
  /** Months it covers. */
  months: string[];
  /** Absent when the row is hidden. */
  figures?: {
    responses: number;
    mean?: number;
    distribution: Record<string, number>;
    /** Numbers that are published rounded: some bins together lie between these. */
    between?: { bins: string[]; from: number; to: number }[];
  };
}

/** What everybody knows of the question. */
export interface Scale {
  bins: { key: string; value?: number }[];
  /** Band to its bins. */
  bands: Record<string, string[]>;
  /** Bins that the attacker would like to know together, though no row publishes them so. */
  wanted?: Record<string, string[]>;
}

/** An answer that the attacker knows, because it is his own or somebody told him. */
export interface KnownAnswer {
  keys: Record<string, string>;
  month: string;
  bin: string;
}

export interface Pinned {
  row: PublishedRow;
  /** A band, what was wanted, or `responses`. */
  quantity: string;
  value: number;
}

/** The package describes its CommonJS form; the module form, which Node loads here, is the function itself. */
const loading = (loadHighs as unknown as typeof loadHighs.default)();
type Solver = Pick<Awaited<typeof loading>, 'solve'>;
/** Half of the last decimal of a published mean. */
const meanRounding = 0.05;
const certain = 1e-6;
/** So small that many numbers can be raised by it at once. */
const little = 0.01;

/**
 * The hidden numbers that the published rows, and the answers that the attacker knows, leave no choice for.
 * @param seed makes the directions in which the attacker looks first repeatable
 */
export async function attack(
  rows: PublishedRow[],
  scale: Scale,
  seed = 1,
  known: KnownAnswer[] = [],
): Promise<Pinned[]> {
  const model = new Model(await loading, rows, scale, known);
  const open = rows
    .filter((row) => row.figures === undefined)
    .flatMap((row) => [
      { row, quantity: 'responses', terms: model.terms(row) },
      ...Object.entries({ ...scale.bands, ...scale.wanted }).map(([quantity, bins]) => ({
        row,
        quantity,
        terms: model.terms(row, bins),
      })),
    ]);
  if (open.length === 0) return [];
  const random = generator(seed);
  // Two different solutions free all numbers in which they differ; what is left is looked at one by one.
  const spread = model.solve(
    [],
    open.map(({ terms }) => terms),
  );
  let unmoved = open;
  for (let round = 0; round < 4 && unmoved.length > 0; round++) {
    const other = model.solve(unmoved.map(({ terms }) => [round === 0 ? -1 : random() - 0.5, terms]));
    unmoved = unmoved.filter(
      ({ terms }) => Math.abs(valueIn(spread, terms) - valueIn(other, terms)) < certain,
    );
  }
  return unmoved.flatMap(({ row, quantity, terms }) => {
    const least = valueIn(model.solve([[-1, terms]]), terms);
    const most = valueIn(model.solve([[1, terms]]), terms);
    return most - least < certain ? [{ row, quantity, value: least }] : [];
  });
}

type Solution = Record<string, { Primal: number }>;

function valueIn(solution: Solution, terms: string[]): number {
  return terms.reduce((sum, term) => sum + (solution[term]?.Primal ?? 0), 0);
}

class Model {
  readonly #solver: Solver;
  readonly #scale: Scale;
  readonly #cells: { keys: Record<string, string>; month: string; name: string }[];
  readonly #constraints: string[];
  /** How many answers the attacker knows of an unknown: it is no smaller. */
  readonly #least = new Map<string, number>();

  constructor(solver: Solver, rows: PublishedRow[], scale: Scale, known: KnownAnswer[]) {
    this.#solver = solver;
    this.#scale = scale;
    this.#cells = combinations(rows);
    for (const answer of known) {
      const cell = this.#cells.find(
        ({ keys, month }) =>
          month === answer.month && Object.entries(keys).every(([key, value]) => answer.keys[key] === value),
      );
      if (!cell) throw new Error('a known answer lies in a place that the rows do not know');
      const unknown = this.#unknown(cell.name, answer.bin);
      this.#least.set(unknown, (this.#least.get(unknown) ?? 0) + 1);
    }
    this.#constraints = rows.flatMap((row) => this.#published(row));
  }

  /** The unknowns that a row, or some bins of it, is the sum of. */
  terms(row: PublishedRow, bins = this.#scale.bins.map(({ key }) => key)): string[] {
    return this.#cells
      .filter(
        ({ keys, month }) =>
          row.months.includes(month) && Object.entries(row.keys).every(([key, value]) => keys[key] === value),
      )
      .flatMap(({ name }) => bins.map((bin) => this.#unknown(name, bin)));
  }

  /**
   * The solution that makes the weighted sum largest, with no unknown over a million; or one in which as many
   * of the sums to raise as possible are a little above zero.
   */
  solve(objective: [weight: number, terms: string[]][], toRaise: string[][] = []): Solution {
    const weights = new Map<string, number>();
    for (const [weight, terms] of objective) {
      for (const term of terms) weights.set(term, (weights.get(term) ?? 0) + weight);
    }
    for (const index of toRaise.keys()) weights.set(`raised${index}`, 1);
    const goal = linear([...weights].map(([term, weight]) => [weight, term]));
    const raised = toRaise.map(
      (terms, index) =>
        `${linear([...terms.map((term): [number, string] => [1, term]), [-1, `raised${index}`]])} >= 0`,
    );
    const bounds = this.#cells
      .flatMap(({ name }) => this.#scale.bins.map(({ key }) => this.#unknown(name, key)))
      .map((unknown) => `${this.#least.get(unknown) ?? 0} <= ${unknown} <= 1000000`)
      .concat(toRaise.map((_, index) => `0 <= raised${index} <= ${little}`))
      .join('\n');
    const constraints = [...this.#constraints, ...raised].join('\n');
    const text = `Maximize\n obj: ${goal}\nSubject To\n${constraints}\nBounds\n${bounds}\nEnd`;
    const solution = this.#solver.solve(text);
    if (solution.Status !== 'Optimal')
      throw new Error(`the published rows contradict each other: ${solution.Status}`);
    return solution.Columns as Solution;
  }

  #published(row: PublishedRow): string[] {
    const { figures } = row;
    if (!figures) return [];
    const bands = Object.entries(this.#scale.bands);
    const counts = bands.map(
      ([band, bins]) => `${this.#sum(row, bins)} = ${figures.distribution[band] ?? 0}`,
    );
    for (const { bins, from, to } of figures.between ?? [])
      counts.push(`${this.#sum(row, bins)} >= ${from}`, `${this.#sum(row, bins)} <= ${to}`);
    if (figures.mean === undefined) return counts;
    const scored = this.#scale.bins.filter(({ value }) => value !== undefined);
    const deviation = (from: number) =>
      linear(
        scored.flatMap(({ key, value }) =>
          this.terms(row, [key]).map((term): [number, string] => [value! - from, term]),
        ),
      );
    return [
      ...counts,
      `${deviation(figures.mean - meanRounding)} >= 0`,
      `${deviation(figures.mean + meanRounding)} <= 0`,
    ];
  }

  #sum(row: PublishedRow, bins: string[]): string {
    return linear(this.terms(row, bins).map((term) => [1, term]));
  }

  #unknown(cell: string, bin: string): string {
    return `${cell}b${this.#scale.bins.findIndex(({ key }) => key === bin)}`;
  }
}

/** Every combination of keys and months that occurs in the rows: in each of them there could be answers. */
function combinations(rows: PublishedRow[]) {
  const values = new Map<string, Set<string>>();
  const months = new Set(rows.flatMap((row) => row.months));
  for (const { keys } of rows) {
    for (const [key, value] of Object.entries(keys))
      values.set(key, (values.get(key) ?? new Set()).add(value));
  }
  let cells: Record<string, string>[] = [{}];
  for (const [key, all] of values)
    cells = cells.flatMap((cell) => [...all].map((value) => ({ ...cell, [key]: value })));
  return cells.flatMap((keys, index) =>
    [...months].map((month, at) => ({ keys, month, name: `c${index}m${at}` })),
  );
}

/** A sum in the LP format, broken into lines that it can read. */
function linear(terms: [weight: number, name: string][]): string {
  const text = terms
    .filter(([weight]) => Math.abs(weight) > 1e-12)
    .map(([weight, name]) => `${weight < 0 ? '-' : '+'} ${Math.abs(weight).toFixed(6)} ${name}`);
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += 8) lines.push(text.slice(at, at + 8).join(' '));
  return lines.length === 0 ? '0 c0m0b0' : lines.join('\n ');
}

/** Mulberry32: small and repeatable. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
