import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** One fault of a value that crossed a border: where (JSON pointer), which rule, and a sentence for people. */
export interface Fault {
  pointer: string;
  code: string;
  detail: string;
}

export type Validation<T> = { ok: true; value: T } | { ok: false; faults: Fault[] };

/**
 * An Ajv instance as this project uses it: JSON Schema 2020-12, strict, every fault reported.
 * `allErrors` is safe here because bodies and lists are bounded before they are validated.
 */
export function createAjv({ validateSchema = true } = {}): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    validateSchema,
  });
  addFormats.default(ajv);
  return ajv;
}

/** Our own schemas are checked by a test: to make the meta-schema ready is a tenth of the start of a command. */
const shared = createAjv({ validateSchema: false });

/**
 * The check of a JSON Schema, compiled when it is first used: a command uses few of all there are, and compiling
 * all was half of its start. The check never changes the value, and throws only where the schema itself is wrong.
 * `T` is the type that json-schema-to-typescript made of the same schema.
 */
export function validator<T>(schema: object): (value: unknown) => Validation<T> {
  let compiled: ValidateFunction<T> | undefined;
  return (value) => {
    compiled ??= shared.compile<T>(schema);
    return compiled(value)
      ? { ok: true, value }
      : { ok: false, faults: (compiled.errors ?? []).map(toFault) };
  };
}

/** An Ajv error as a fault; the pointer names the property itself, also where Ajv points at its parent. */
export function toFault(error: ErrorObject): Fault {
  const params = error.params as Record<string, unknown>;
  const property =
    params.missingProperty ??
    params.additionalProperty ??
    params.unevaluatedProperty ??
    params.propertyName ??
    error.propertyName;
  const pointer =
    typeof property === 'string' ? `${error.instancePath}/${escapePointer(property)}` : error.instancePath;
  return { pointer, code: error.keyword, detail: detailOf(error) };
}

/** What Ajv says; of a list of values, which they are. */
function detailOf({ keyword, message = keyword, params }: ErrorObject): string {
  const { allowedValues } = params as { allowedValues?: unknown[] };
  return allowedValues ? `must be one of ${allowedValues.join(', ')}` : message;
}

/** Escapes one segment of a JSON pointer (RFC 6901). */
export function escapePointer(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}
