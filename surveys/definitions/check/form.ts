import type { ErrorObject } from 'ajv';
import schema from '../../../schemas/survey-definition.schema.json' with { type: 'json' };
import { createAjv, escapePointer, type Fault, toFault } from '../../../schemas/validate.ts';
import { isRecord } from './outline.ts';

/** Made ready at the first definition to check: most commands check none, and it takes a tenth of their start. */
let known: ReturnType<typeof createAjv> | undefined;

/** The faults of form: keywords we don't know, missing Dutch texts, wrong types. */
export function formFaults(definition: unknown): Fault[] {
  const faults = faultsUnder('survey-definition', definition, '');
  const survey = isRecord(definition) ? definition.survey : undefined;
  const scales = isRecord(survey) && isRecord(survey.scales) ? survey.scales : {};
  return [
    ...faults.filter((fault) => !isInsideScale(fault)),
    ...Object.entries(scales).flatMap(([key, scale]) =>
      scaleFaults(scale, `/survey/scales/${escapePointer(key)}`),
    ),
  ];
}

function isInsideScale({ pointer, code }: Fault): boolean {
  const [, survey, scales, key, ...inside] = pointer.split('/');
  if (survey !== 'survey' || scales !== 'scales' || key === undefined) return false;
  return inside.length > 0 || code !== 'badKey';
}

/**
 * A scale has one of four forms, and a validator would report what is wrong with it under each of them. What
 * helps its author is what is wrong under the form it was meant to have.
 */
function scaleFaults(scale: unknown, pointer: string): Fault[] {
  const form = isRecord(scale) ? formOf(scale) : undefined;
  if (form === undefined) {
    return [
      {
        pointer,
        code: 'unknownScaleKind',
        detail: 'a scale is an object whose kind is number, choice or text',
      },
    ];
  }
  return faultsUnder(`survey-definition#/$defs/${form}`, scale, pointer);
}

function formOf(scale: Record<string, unknown>): string | undefined {
  if (scale.kind === 'choice') return 'choiceScale';
  if (scale.kind === 'text') return 'textScale';
  if (scale.kind !== 'number') return undefined;
  return 'minimum' in scale || 'maximum' in scale ? 'rangeScale' : 'ratingScale';
}

function faultsUnder(name: string, value: unknown, pointer: string): Fault[] {
  known ??= createAjv().addSchema(schema, 'survey-definition');
  const fits = known.getSchema(name)!;
  if (fits(value)) return [];
  const errors = (fits.errors ?? []).filter((error) => error.propertyName === undefined);
  return errors.map(toFormFault).map((fault) => ({ ...fault, pointer: pointer + fault.pointer }));
}

function toFormFault(error: ErrorObject): Fault {
  const fault = toFault(error);
  const { missingProperty } = error.params;
  if (error.keyword === 'additionalProperties') {
    return { ...fault, code: 'unknownVocabulary', detail: 'this keyword is not known here' };
  }
  if (error.keyword === 'required' && missingProperty === 'nl') {
    return { ...fault, code: 'missingDutch', detail: 'every text needs Dutch (nl)' };
  }
  if (error.keyword === 'propertyNames') {
    return { ...fault, code: 'badKey', detail: 'this name can not be a key here' };
  }
  return fault;
}
