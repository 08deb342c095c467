/** One figure of a benchmark. The ratio is `value / baseline`, both taken in the same run. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  baseline: number | null;
  ratio: number | null;
}

/** Prints a figure as one line of JSON. */
export function report(name: string, unit: string, value: number, baseline?: number): void {
  const figure: Figure = {
    name,
    value: round(value),
    unit,
    baseline: baseline === undefined ? null : round(baseline),
    ratio: baseline === undefined ? null : round(value / baseline),
  };
  console.log(JSON.stringify(figure));
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
