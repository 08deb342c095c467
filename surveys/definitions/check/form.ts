import type { ErrorObject } from 'ajv';
import schema from '../../../schemas/survey-definition.schema.json' with { type: 'json' };
import { createAjv, type Fault, toFault } from '../../../schemas/validate.ts';
import { isRecord } from './outline.ts';

const fits = createAjv().compile(schema);

/** The faults of form: keywords we don't know, missing texts, wrong types. All of them, one per place and rule. */
export function formFaults(definition: unknown): Fault[] {
  if (fits(definition)) return [];
  const errors = (fits.errors ?? []).filter((error) => !isNoise(error, definition));
  return errors.map(toFormFault);
}

function toFormFault(error: ErrorObject): Fault {
  const fault = toFault(error);
  switch (error.keyword) {
    case 'additionalProperties':
      return { ...fault, code: 'unknownVocabulary', detail: 'this keyword is not known here' };
    case 'required':
      return error.params.missingProperty === 'nl'
        ? { ...fault, code: 'missingDutch', detail: 'every text needs Dutch (nl)' }
        : fault;
    case 'oneOf':
      return { ...fault, code: 'unknownScaleKind', detail: 'kind is number, choice or text' };
    case 'propertyNames':
      return { ...fault, code: 'badKey', detail: `"${error.params.propertyName}" can't be a key here` };
    default:
      return fault;
  }
}

/**
 * A scale has one of four forms, and a validator reports what is wrong with it under each of them. Only what is
 * wrong under the form it was meant to have helps its author.
 */
function isNoise(error: ErrorObject, definition: unknown): boolean {
  if (error.propertyName !== undefined) return true;
  const scale = /^\/survey\/scales\/[^/]+/.exec(error.instancePath)?.[0];
  if (scale === undefined) return false;
  const form = scaleForm(at(definition, scale));
  if (error.keyword === 'oneOf') return form !== undefined;
  const branch = /^#\/\$defs\/(\w+Scale)\//.exec(error.schemaPath)?.[1];
  return branch !== undefined && branch !== form;
}

function scaleForm(scale: unknown): string | undefined {
  if (!isRecord(scale)) return undefined;
  if (scale.kind === 'choice') return 'choiceScale';
  if (scale.kind === 'text') return 'textScale';
  if (scale.kind !== 'number') return undefined;
  return 'minimum' in scale || 'maximum' in scale ? 'rangeScale' : 'ratingScale';
}

function at(value: unknown, pointer: string): unknown {
  const segments = pointer.split('/').slice(1);
  return segments.reduce<unknown>(
    (part, segment) =>
      isRecord(part) ? part[segment.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined,
    value,
  );
}
