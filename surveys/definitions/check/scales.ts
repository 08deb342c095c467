import type { ScaleKeyword } from '../../../schemas/generated/survey-definition.ts';
import type { Fault } from '../../../schemas/validate.ts';
import { type ChoiceScale, numbersOf, type RangeScale, type RatingScale } from '../scales.ts';
import type { Outline } from './outline.ts';

/** Scales whose parts contradict each other. */
export function scaleFaults({ scales }: Outline): Fault[] {
  return scales.flatMap(({ pointer, value }) =>
    faultsOf(value).map((fault) => ({ ...fault, pointer: pointer + fault.pointer })),
  );
}

function faultsOf(scale: ScaleKeyword): Fault[] {
  if (scale.kind === 'text') return [];
  return scale.kind === 'choice' ? choiceFaults(scale) : numberFaults(scale);
}

function numberFaults(scale: RatingScale | RangeScale): Fault[] {
  if (!isConsecutive(scale)) {
    return [
      'values' in scale
        ? { pointer: '/values', code: 'badValues', detail: 'values are consecutive and go up' }
        : { pointer: '/minimum', code: 'badValues', detail: 'the minimum is below the maximum' },
    ];
  }
  const numbers = numbersOf(scale);
  const faults: Fault[] = [];
  for (const value of Object.keys(('values' in scale && scale.labels) || {})) {
    if (numbers.includes(Number(value))) continue;
    faults.push({ pointer: `/labels/${value}`, code: 'unknownValue', detail: 'the scale has no such value' });
  }
  if (scale.bands !== undefined && !covers(scale.bands, numbers)) {
    const detail = 'bands cover all values, in order, each once';
    faults.push({ pointer: '/bands', code: 'badBands', detail });
  }
  const { dissatisfiedTo, satisfiedFrom } = scale;
  for (const [keyword, limit] of Object.entries({ dissatisfiedTo, satisfiedFrom })) {
    if (limit === undefined || numbers.includes(limit)) continue;
    faults.push({ pointer: `/${keyword}`, code: 'unknownValue', detail: 'the scale has no such value' });
  }
  if (dissatisfiedTo !== undefined && satisfiedFrom !== undefined && dissatisfiedTo >= satisfiedFrom) {
    const detail = 'nobody is satisfied and dissatisfied at once';
    faults.push({ pointer: '/dissatisfiedTo', code: 'overlap', detail });
  }
  return faults;
}

function isConsecutive(scale: RatingScale | RangeScale): boolean {
  if (!('values' in scale)) return scale.minimum < scale.maximum;
  return scale.values.every((value, index) => value === scale.values[0]! + index);
}

function covers(bands: [number, number][], numbers: number[]): boolean {
  let next = numbers[0]!;
  for (const [from, to] of bands) {
    if (from !== next || to < from) return false;
    next = to + 1;
  }
  return next === numbers.at(-1)! + 1;
}

function choiceFaults({ options, satisfied = [], dissatisfied = [] }: ChoiceScale): Fault[] {
  const keys = options.map((option) => option.key);
  const faults: Fault[] = [];
  keys.forEach((key, index) => {
    if (keys.indexOf(key) === index) return;
    faults.push({ pointer: `/options/${index}/key`, code: 'duplicate', detail: `"${key}" is there already` });
  });
  for (const [keyword, list] of Object.entries({ satisfied, dissatisfied })) {
    list.forEach((key, index) => {
      if (keys.includes(key)) return;
      faults.push({
        pointer: `/${keyword}/${index}`,
        code: 'unknownOption',
        detail: `no option is "${key}"`,
      });
    });
  }
  dissatisfied.forEach((key, index) => {
    if (!satisfied.includes(key)) return;
    const detail = 'nobody is satisfied and dissatisfied at once';
    faults.push({ pointer: `/dissatisfied/${index}`, code: 'overlap', detail });
  });
  return faults;
}
