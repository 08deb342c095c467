import express from 'express';

/** Large enough for the longest texts of a form, in which each character may be sent as twelve. */
const limit = '256kb';

/** Reads a posted form into `request.body`: field name to text, or to a list where a name comes more than once. */
export const formBody = express.urlencoded({ extended: false, limit, parameterLimit: 500 });

/** The fields of a posted form; none where the body was no form. */
export function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}
