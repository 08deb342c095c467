import { isUtf8 } from 'node:buffer';
import express, { type RequestHandler } from 'express';
import { problem } from '../../surveys/problems.ts';

/** Enough for 1,000 contacts, or 1,000 answer sets with a long comment each. Counted after decompression. */
const limit = '5mb';

const json = express.json({
  limit,
  type: ['application/json', 'application/*+json'],
  verify: (_request, _response, body, encoding) => {
    if (encoding !== 'utf-8')
      throw problem('unsupportedMediaType', { detail: 'JSON is read as UTF-8 only.' });
    refuseBrokenText(body);
  },
});

const csv = express.raw({ limit, type: 'text/csv' });

/** Reads a body of JSON, of CSV (as text, without byte-order mark), or of either. */
export function readBody(takes: { json: boolean; csv: boolean }): RequestHandler[] {
  return [...(takes.json ? [json] : []), ...(takes.csv ? [csv, textOfCsv] : []), refuseMissing];
}

const textOfCsv: RequestHandler = (request, _response, next) => {
  if (Buffer.isBuffer(request.body)) {
    refuseBrokenText(request.body);
    request.body = request.body.toString('utf8').replace(/^\ufeff/, '');
  }
  next();
};

/** Decoders put replacement characters in place of broken bytes, which would then be stored as if meant. */
function refuseBrokenText(body: Buffer): void {
  if (!isUtf8(body)) throw problem('badRequest', { detail: 'The body is not valid UTF-8.' });
}

const refuseMissing: RequestHandler = ({ body, headers }, _response, next) => {
  if (body !== undefined) return next();
  const sent = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  throw sent ? problem('unsupportedMediaType') : problem('badRequest', { detail: 'A body is needed.' });
};
