import { Long } from 'bson';
import type { Value } from '../bson.ts';
import { nextBatch } from '../cursors.ts';
import { fail } from '../errors.ts';
import * as args from './arguments.ts';

const cursorId = (id: Value | undefined): bigint =>
  id instanceof Long ? id.toBigInt() : fail('TypeMismatch', 'a cursor id must be a long');

export const getMore = args.command(
  { collection: args.text, batchSize: args.count },
  ({ engine, database, deadline, target }, { collection, batchSize }) => {
    const namespace = `${database}.${collection}`;
    return engine.read(nextBatch(engine.cursors, cursorId(target), namespace, batchSize), deadline);
  },
);

export const killCursors = args.command({ cursors: args.values }, ({ engine }, { cursors }) => {
  const ids = cursors.map(cursorId);
  const cursorsKilled = ids.filter((id) => engine.cursors.delete(id));
  const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id));
  return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
});
