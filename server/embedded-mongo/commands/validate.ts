import { checkStorable } from '../bson/check.ts';
import { readFields } from '../bson/read.ts';
import { StoreError } from '../errors.ts';
import { type Index, keysOf } from '../index-keys.ts';
import { fieldsOf } from '../records.ts';
import {
  type Collection,
  dataKey,
  indexKey,
  recordOfDataKey,
  recordOfIndexKey,
  recordOfValue,
} from '../storage.ts';
import type { Engine } from '../store.ts';
import { atOnce } from '../work.ts';
import { checkCommand, namespaceOf, type Request } from './arguments.ts';

const noBytes = Buffer.alloc(0);
const reportedErrors = 100;

interface Findings {
  errors: string[];
  records: number;
  keys: Map<string, number>;
}

/** Every record: is it a document, and does each index hold exactly its keys? */
function checkRecords(engine: Engine, collection: Collection, findings: Findings): void {
  const { env } = engine;
  const range = { start: dataKey(collection.id, 0), end: dataKey(collection.id + 1, 0) };
  for (const { key, value } of env.data.getRange(range)) {
    const record = recordOfDataKey(key);
    findings.records += 1;
    try {
      checkStorable(value);
      const document = readFields(value, fieldsOf(collection.indexes));
      for (const index of collection.indexes) {
        for (const each of keysOf(document, index).keys) {
          findings.keys.set(index.name, (findings.keys.get(index.name) ?? 0) + 1);
          const held = index.unique
            ? env.idx.get(indexKey(index.id, each))
            : env.idx.get(indexKey(index.id, each, record));
          if (held === undefined || (index.unique && recordOfValue(held) !== record)) {
            findings.errors.push(`index ${index.name} lacks a key of record ${record}`);
          }
        }
      }
    } catch (error) {
      findings.errors.push(`record ${record}: ${(error as Error).message}`);
    }
  }
}

/** Every key of an index: does its record exist? Together with the number of keys, that leaves no room for a stray one. */
function checkIndex(engine: Engine, collection: Collection, index: Index, findings: Findings): void {
  const { env } = engine;
  const range = { start: indexKey(index.id, noBytes), end: indexKey(index.id + 1, noBytes) };
  let keys = 0;
  for (const { key, value } of env.idx.getRange(range)) {
    keys += 1;
    const record = index.unique ? recordOfValue(value) : recordOfIndexKey(key);
    if (!env.data.doesExist(dataKey(collection.id, record))) {
      findings.errors.push(`index ${index.name} has a key of record ${record}, which is not there`);
    }
  }
  const wanted = findings.keys.get(index.name) ?? 0;
  if (keys !== wanted) findings.errors.push(`index ${index.name} has ${keys} keys instead of ${wanted}`);
}

function checkCollection(engine: Engine, collection: Collection): Record<string, unknown> {
  const findings: Findings = { errors: [], records: 0, keys: new Map() };
  checkRecords(engine, collection, findings);
  for (const index of collection.indexes) checkIndex(engine, collection, index, findings);
  if (findings.records !== collection.count) {
    findings.errors.push(`the collection counts ${collection.count} records and has ${findings.records}`);
  }
  return {
    ns: collection.namespace,
    nrecords: findings.records,
    nIndexes: collection.indexes.length,
    keysPerIndex: Object.fromEntries(findings.keys),
    valid: findings.errors.length === 0,
    errors: findings.errors.slice(0, reportedErrors),
    ok: 1,
  };
}

/**
 * Checks every index against its records and every record against its indexes. It looks at one moment of the
 * collection, so it does not yield: a large collection holds others up while it is checked.
 */
export async function validate(engine: Engine, request: Request): Promise<Record<string, unknown>> {
  checkCommand(request, ['full']);
  const namespace = namespaceOf(request);
  const collection = engine.catalog.find(namespace);
  if (collection === undefined)
    throw new StoreError('NamespaceNotFound', `Collection '${namespace}' does not exist to validate.`);
  return engine.read(
    atOnce(() => checkCollection(engine, collection)),
    request.deadline,
  );
}
