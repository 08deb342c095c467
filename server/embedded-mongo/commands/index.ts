import { readDocument } from '../bson/read.ts';
import { integerOf, isDocument, typeName, type Value } from '../bson/values.ts';
import { writeDocument } from '../bson/write.ts';
import { StoreError } from '../errors.ts';
import type { Engine } from '../store.ts';
import { helloAnswer, type Message } from '../wire.ts';
import type { Request } from './arguments.ts';
import * as collections from './collections.ts';
import * as read from './read.ts';
import { validate } from './validate.ts';
import * as write from './write.ts';

type Handler = (
  engine: Engine,
  request: Request,
  connectionId: number,
) => Promise<Record<string, unknown> | Buffer>;

const hello: Handler = async (_engine, _request, connectionId) => helloAnswer(connectionId);
const done: Handler = async () => ({ ok: 1 });

/** MongoDB's version whose behaviour is followed; drivers show it. */
const followedVersion = '7.0.0';

const buildInfo: Handler = async () => ({
  version: followedVersion,
  versionArray: [7, 0, 0, 0],
  modules: [],
  maxBsonObjectSize: 16 * 1024 * 1024,
  storageEngines: ['lmdb'],
  ok: 1,
});

/** Every command there is. */
const handlers = new Map<string, Handler>(
  Object.entries({
    hello,
    isMaster: hello,
    ismaster: hello,
    ping: done,
    endSessions: done,
    buildInfo,
    buildinfo: buildInfo,
    find: read.find,
    getMore: read.getMore,
    killCursors: read.killCursors,
    aggregate: read.aggregate,
    count: read.count,
    distinct: read.distinct,
    explain: read.explain,
    insert: write.insert,
    update: write.update,
    delete: write.remove,
    findAndModify: write.findAndModify,
    findandmodify: write.findAndModify,
    create: collections.create,
    drop: collections.drop,
    dropDatabase: collections.dropDatabase,
    listCollections: collections.listCollections,
    createIndexes: collections.createIndexes,
    listIndexes: collections.listIndexes,
    dropIndexes: collections.dropIndexes,
    validate,
  }),
);

const insertDocuments = 'documents';

/** Reads the command. The documents of an insert stay bytes, whether they came in the body or beside it. */
function requestOf(message: Message): Request {
  const body = readDocument(message.body);
  const [name] = Object.keys(body);
  if (name === undefined) throw new StoreError('CommandNotFound', 'an empty command');
  let documents: Buffer[] = [];
  for (const [field, sequence] of message.sequences) {
    if (name === 'insert' && field === insertDocuments) documents = sequence;
    else body[field] = sequence.map((raw) => readDocument(raw));
  }
  if (name === 'insert' && body.documents !== undefined) documents = inlineDocuments(body.documents);
  const database = body.$db;
  const maxTimeMS = body.maxTimeMS === undefined ? 0 : integerOf(body.maxTimeMS);
  if (maxTimeMS === undefined || maxTimeMS < 0) {
    throw new StoreError('BadValue', 'maxTimeMS must be a whole number that is not negative');
  }
  return {
    name,
    database: typeof database === 'string' ? database : 'admin',
    body,
    documents,
    deadline: maxTimeMS > 0 ? performance.now() + maxTimeMS : Number.POSITIVE_INFINITY,
  };
}

function inlineDocuments(value: Value): Buffer[] {
  if (!Array.isArray(value)) {
    throw new StoreError(
      'TypeMismatch',
      `BSON field 'insert.documents' is the wrong type '${typeName(value)}', expected type 'array'`,
    );
  }
  return value.map((each) => {
    if (isDocument(each)) return writeDocument(each);
    throw new StoreError('TypeMismatch', 'the documents of an insert must be objects');
  });
}

/** Runs a command; the answer as BSON. An error becomes an answer with `ok: 0` and MongoDB's code. */
export async function runCommand(engine: Engine, message: Message, connectionId: number): Promise<Buffer> {
  try {
    const request = requestOf(message);
    const handler = handlers.get(request.name);
    if (handler === undefined) {
      throw new StoreError('CommandNotFound', `no such command: '${request.name}'`);
    }
    const result = await handler(engine, request, connectionId);
    return Buffer.isBuffer(result) ? result : writeDocument(result);
  } catch (error) {
    return writeDocument(errorAnswer(error));
  }
}

function errorAnswer(error: unknown): Record<string, unknown> {
  if (error instanceof StoreError) {
    return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.fields };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { ok: 0, errmsg: `internal error: ${message}`, code: 1, codeName: 'InternalError' };
}
