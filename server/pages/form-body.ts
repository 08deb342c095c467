import express, { type Request } from 'express';
import { problem } from '../../surveys/problems.ts';

/** Large enough for the longest texts of a form, in which each character may be sent as twelve. */
const limit = '256kb';

/** More than the fields of any form. */
const mostFields = 1_000;

const readText = express.text({ type: 'application/x-www-form-urlencoded', limit });

/**
 * Keeps the body of a posted form for `fieldsOf`; a body of another type counts as an empty form. A form that a browser
 * says was sent from another site is refused (Fetch Metadata), also where there is no session to abuse.
 * @throws Problem `staleForm`
 */
export const formBody: typeof readText = (request, response, next) => {
  if (request.headers['sec-fetch-site'] === 'cross-site') throw problem('staleForm');
  readText(request, response, next);
};

/**
 * The fields of a posted form: name to text, or to a list where a name comes more than once. No name means more
 * than another: the object has no prototype.
 */
export function fieldsOf(request: Request): Readonly<Record<string, string | string[]>> {
  const fields: Record<string, string | string[]> = Object.create(null);
  const parameters = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
  if (parameters.size > mostFields) throw problem('badRequest', { detail: 'The form has too many fields.' });
  for (const name of new Set(parameters.keys())) {
    const [first = '', ...more] = parameters.getAll(name);
    fields[name] = more.length > 0 ? [first, ...more] : first;
  }
  return fields;
}
