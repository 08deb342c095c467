import { BSONError } from 'bson';
import { checkValue, type Document, decode, encode, integerOf, maximumDocumentBytes } from '../bson.ts';
import type { Engine } from '../engine.ts';
import { fail, StoreError } from '../errors.ts';
import { typeName } from '../values.ts';
import { type Message, maximumMessageBytes } from '../wire.ts';
import { type Command, checkCarried, command, type Request } from './arguments.ts';
import { backup, restore } from './backup.ts';
import * as collections from './collections.ts';
import * as indexes from './indexes.ts';
import * as read from './read.ts';
import { validate } from './validate.ts';
import * as write from './write.ts';

/** Tells drivers: a standalone server without sessions for retries, without compression, without sign-in. */
const hello: Command = async (_name, _body, { connectionId }) => ({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: maximumDocumentBytes,
  maxMessageSizeBytes: maximumMessageBytes,
  maxWriteBatchSize: write.mostStatements,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
  ok: 1,
});

/** MongoDB's version whose behaviour is followed; drivers show it. */
const buildInfo = command({}, () => ({ version: '7.0.0', versionArray: [7, 0, 0, 0], modules: [], ok: 1 }));

/** Every command there is. */
const commands: Record<string, Command> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: command({}, () => ({ ok: 1 })),
  endSessions: command({}, () => ({ ok: 1 })),
  buildInfo,
  buildinfo: buildInfo,
  ...read,
  ...write.commands,
  ...collections.commands,
  ...indexes.commands,
  validate,
  backup,
  restore,
};

/** Reads the command: the documents that came beside it become a field of it. */
function bodyOf({ body: bytes, sequences }: Message): Document {
  const body = decode(bytes);
  for (const [name, documents] of sequences) body[name] = documents.map((each) => decode(each));
  checkValue(body, false);
  return body;
}

function deadlineOf({ maxTimeMS }: Document): number {
  const time = maxTimeMS === undefined ? 0 : integerOf(maxTimeMS);
  if (time === undefined || time < 0)
    return fail('BadValue', 'maxTimeMS must be a whole number that is not negative');
  return time > 0 ? performance.now() + time : Number.POSITIVE_INFINITY;
}

async function run(engine: Engine, message: Message, connectionId: number): Promise<object | Buffer> {
  const body = bodyOf(message);
  const [name = ''] = Object.keys(body);
  const handle = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (handle === undefined) return fail('CommandNotFound', `no such command: '${name}'`);
  const target = body[name];
  const database = typeof body.$db === 'string' ? body.$db : 'admin';
  const namespace = (): string => {
    if (typeof target === 'string' && target !== '') return `${database}.${target}`;
    return fail('InvalidNamespace', `collection name has invalid type ${typeName(target)} in ${name}`);
  };
  const request: Request = { engine, connectionId, database, target, namespace, deadline: deadlineOf(body) };
  checkCarried(body);
  const answer = () => handle(name, body, request);
  // A restore waits until all other commands are done.
  return handle === restore ? answer() : engine.run(answer);
}

/** Runs a command; the answer as BSON. An error becomes an answer with `ok: 0` and MongoDB's code. */
export async function runCommand(engine: Engine, message: Message, connectionId: number): Promise<Buffer> {
  try {
    const answer = await run(engine, message, connectionId);
    return Buffer.isBuffer(answer) ? answer : encode(answer);
  } catch (error) {
    if (error instanceof StoreError) return encode({ ok: 0, ...error.answer });
    const codeName = error instanceof BSONError ? 'InvalidBSON' : 'InternalError';
    return encode({ ok: 0, ...new StoreError(codeName, (error as Error).message).answer });
  }
}
