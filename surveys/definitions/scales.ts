import type {
  ChoiceScale,
  RangeScale,
  RatingScale,
  ScaleKeyword,
} from '../../schemas/generated/survey-definition.ts';
import { textIn } from './text.ts';

/**
 * The scale of a derived score. A response's score is a whole numerator over `maximum * denominator`, so that
 * means of three or four answers are kept exactly; in points it is `weight * numerator / (maximum * denominator)`.
 */
export interface DerivedScale {
  kind: 'derived';
  maximum: number;
  denominator: number;
  weight: number;
}

export type Scale = ScaleKeyword | DerivedScale;

/** A published group of bins, from negative to positive. The key is `1-5`, `7` or an option's key. */
export interface Band {
  key: string;
  bins: string[];
}

/** A band in words: the option, the label of the one answer in it, or its key (`1-5`). */
export function bandName(scale: Scale, band: string, locale: string): string {
  if (scale.kind === 'choice') {
    const option = scale.options.find(({ key }) => key === band);
    return option ? textIn(option.label, locale) : band;
  }
  const label = scale.kind === 'number' && 'labels' in scale ? scale.labels?.[band] : undefined;
  return label ? `${band} (${textIn(label, locale)})` : band.replace('-', '\u2013');
}

/** The histogram bin of an answer: a whole number or an option's key as a string; never a dot in it. */
export function binOf(_scale: Scale, value: string | number): string {
  return String(value);
}

/** All bins of a scale in order; of a text none. */
export function binsOf(scale: Scale): string[] {
  switch (scale.kind) {
    case 'text':
      return [];
    case 'choice':
      return scale.options.map((option) => option.key);
    case 'derived':
      return wholeNumbers(0, scale.maximum * scale.denominator).map(String);
    case 'number':
      return numbersOf(scale).map(String);
  }
}

/** The values of a number scale, from low to high. */
export function numbersOf(scale: RatingScale | RangeScale): number[] {
  return 'values' in scale ? scale.values : wholeNumbers(scale.minimum, scale.maximum);
}

/**
 * The number a bin stands for in means: the grade itself, an option's score (0 to 1), points for a derived
 * score. Undefined for answers that are not scored ("still pending").
 */
export function valueOfBin(scale: Scale, bin: string): number | undefined {
  switch (scale.kind) {
    case 'text':
      return undefined;
    case 'choice':
      return scale.options.find((option) => option.key === bin)?.score;
    case 'derived':
      return (scale.weight * Number(bin)) / (scale.maximum * scale.denominator);
    case 'number':
      return Number(bin);
  }
}

/** Whether answers on this scale say that somebody was (dis)satisfied. Only then shares of them mean anything. */
export function ratesSatisfaction(scale: Scale): boolean {
  if (scale.kind === 'number') return scale.satisfiedFrom !== undefined;
  return scale.kind === 'choice' && scale.satisfied !== undefined;
}

/** `threshold` replaces the scale's own `satisfiedFrom`; it is a value of this scale. */
export function isSatisfied(scale: Scale, bin: string, threshold?: number): boolean {
  if (scale.kind === 'choice') return scale.satisfied?.includes(bin) ?? false;
  if (scale.kind !== 'number' || scale.satisfiedFrom === undefined) return false;
  return Number(bin) >= (threshold ?? scale.satisfiedFrom);
}

export function isDissatisfied(scale: Scale, bin: string): boolean {
  if (scale.kind === 'choice') return scale.dissatisfied?.includes(bin) ?? false;
  return scale.kind === 'number' && scale.dissatisfiedTo !== undefined && Number(bin) <= scale.dissatisfiedTo;
}

/**
 * The bands in which a distribution is published: those the scale declares, else each bin. A derived score has
 * one band per level of the mean answer (under 1, under 2, ... to the highest). A band that the limit of
 * "satisfied" or "dissatisfied" runs through is split there, so that both shares are sums of bands.
 */
export function bandsOf(scale: Scale, threshold?: number): Band[] {
  return declaredBands(scale).flatMap((bins) => split(scale, bins, threshold).map(band));
}

function declaredBands(scale: Scale): string[][] {
  const bins = binsOf(scale);
  if (scale.kind === 'derived') {
    return wholeNumbers(1, scale.maximum).map((level) =>
      bins.filter((bin) => levelAbove(Number(bin), scale) === level),
    );
  }
  if (scale.kind !== 'number' || scale.bands === undefined) return bins.map((bin) => [bin]);
  return scale.bands.map(([from, to]) => bins.filter((bin) => Number(bin) >= from && Number(bin) <= to));
}

/** 1 for means from 0 up to 1, 2 from 1 up to 2, ...; the highest mean belongs to the last. */
function levelAbove(numerator: number, { maximum, denominator }: DerivedScale): number {
  return Math.min(Math.floor(numerator / denominator) + 1, maximum);
}

function split(scale: Scale, bins: string[], threshold: number | undefined): string[][] {
  const parts: string[][] = [];
  let previous: string | undefined;
  for (const bin of bins) {
    const side = `${isDissatisfied(scale, bin)} ${isSatisfied(scale, bin, threshold)}`;
    if (side === previous) parts.at(-1)!.push(bin);
    else parts.push([bin]);
    previous = side;
  }
  return parts;
}

function band(bins: string[]): Band {
  return { key: bins.length === 1 ? bins[0]! : `${bins[0]}-${bins.at(-1)}`, bins };
}

function wholeNumbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export type { ChoiceScale, RangeScale, RatingScale };
