import { decode, storable } from '../bson.ts';
import type { Collection } from '../catalog.ts';
import { fail } from '../errors.ts';
import { keysOf } from '../keys.ts';
import { type Files, recordOfEntry } from '../records.ts';
import { placeOf, readMeta, recordAtEnd, recordBytes, wholeRange } from '../storage.ts';
import { sliceSpent, type Work } from '../work.ts';
import * as args from './arguments.ts';

const reportedErrors = 100;

/** What a check found. `valid` when there are no `errors`; these are sentences. */
export interface Findings {
  ns: string;
  nrecords: number;
  nIndexes: number;
  keysPerIndex: Record<string, number>;
  valid: boolean;
  errors: string[];
}

/**
 * Checks every record, every index against the records and the records against every index, as they are at one moment:
 * it reads in one long-lived transaction and lets others work in between. Undefined when there is no such collection.
 */
export function* checkCollection({ env }: Files, ns: string): Work<Findings | undefined> {
  const transaction = env.root.useReadTransaction();
  const snapshot = { transaction };
  try {
    const collection = readMeta<Collection>(env, `c:${ns}`, snapshot);
    if (collection === undefined) return undefined;
    const errors: string[] = [];
    const keysPerIndex: Record<string, number> = {};
    let nrecords = 0;
    for (const { key: place, value } of env.data.getRange({ ...wholeRange(collection.id), transaction })) {
      nrecords += 1;
      const bytes = place.toString('latin1', 4);
      const record = recordAtEnd(place);
      try {
        const document = decode(value);
        storable(document);
        for (const index of collection.indexes) {
          const { multikey, clipped } = index;
          for (const key of keysOf(document, index)) {
            keysPerIndex[index.name] = (keysPerIndex[index.name] ?? 0) + 1;
            const held = env.idx.get(placeOf(index.id, index.unique ? key : key + bytes), snapshot);
            if (held === undefined || (index.unique && recordAtEnd(held) !== record))
              errors.push(`index ${index.name} lacks a key of record ${record}`);
          }
          if (index.multikey !== multikey || index.clipped !== clipped)
            errors.push(`index ${index.name} does not know of the array or long value in record ${record}`);
        }
      } catch (error) {
        errors.push(`record ${record}: ${(error as Error).message}`);
      }
      if (sliceSpent()) yield;
    }
    for (const index of collection.indexes) {
      let keys = 0;
      for (const { key, value } of env.idx.getRange({ ...wholeRange(index.id), transaction })) {
        keys += 1;
        const record = recordOfEntry(index, key, value);
        if (env.data.get(placeOf(collection.id, recordBytes(record)), snapshot) === undefined)
          errors.push(`index ${index.name} has a key of record ${record}, which is not there`);
        if (sliceSpent()) yield;
      }
      // Together with the checks of the keys that should be there, their number leaves no room for a stray one.
      const wanted = keysPerIndex[index.name] ?? 0;
      if (keys !== wanted) errors.push(`index ${index.name} has ${keys} keys instead of ${wanted}`);
    }
    if (nrecords !== collection.count)
      errors.push(`the collection counts ${collection.count} records and has ${nrecords}`);
    const valid = errors.length === 0;
    const nIndexes = collection.indexes.length;
    return { ns, nrecords, nIndexes, keysPerIndex, valid, errors: errors.slice(0, reportedErrors) };
  } finally {
    transaction.done();
  }
}

export const validate = args.command({ full: args.flag }, async ({ engine, namespace, deadline }) => {
  const findings = await engine.read(checkCollection(engine, namespace()), deadline);
  return findings ? { ...findings, ok: 1 } : fail('NamespaceNotFound', `ns does not exist: ${namespace()}`);
});
