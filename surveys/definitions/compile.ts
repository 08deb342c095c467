import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/**
 * Not strict: these schemas come from authors and were checked against the meta-schema, which is stricter where
 * it matters and knows nothing of what Ajv would like them to add.
 */
const ajv = new Ajv2020({ allErrors: true, strict: false });

/** Compiles a schema of an author. Nothing is kept of it but the function. */
export function compileSchema(schema: object): ValidateFunction {
  const check = ajv.compile(schema);
  ajv.removeSchema(schema);
  return check;
}
