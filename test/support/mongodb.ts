import { createHash } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { longForm } from './long-form.ts';

const server = process.env.MONGODB_TEST_URI;
const used = new Set<string>();

/** Whether the tests run on the server of MONGODB_TEST_URI instead of the embedded store. */
export const onSecondServer = server !== undefined;

/** The connection string of a database for these tests; undefined without MONGODB_TEST_URI. */
export function testDatabase(name: string): string | undefined {
  if (!server) return undefined;
  const uri = new URL(server);
  const given = uri.pathname.slice(1) || 'golden-ear-test';
  uri.pathname = `/${given}-${name}`;
  used.add(uri.href);
  return uri.href;
}

/** The settings of a process that keeps its data in a directory: on another server, in a database that stands for it. */
export function storeSettings(dataDir: string): Record<string, string> {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const uri = testDatabase(name);
  return { DATA_DIR: dataDir, ...(uri && { MONGODB_URI: uri }) };
}

export async function isFerretDB(run: (command: object) => Promise<object>): Promise<boolean> {
  return 'ferretdbVersion' in (await run({ buildInfo: 1 }));
}

/**
 * Skips a test about writers that race where a document does not change in one step: FerretDB 1 reads it, changes it
 * and writes it back, so that one of two changes can be lost.
 */
export async function needsOneStepUpdates(test: Mocha.Context): Promise<void> {
  if (!server) return;
  const client = await MongoClient.connect(server);
  const ferretdb = await isFerretDB((command) => client.db().command(command));
  await client.close();
  if (ferretdb) test.skip();
}

/** Skips a test with many documents on a server that may find them without an index, but in the long form. */
export function longOnSecondServer(test: Mocha.Context): void {
  if (server && !longForm) test.skip();
}

/** Drops all databases that this process asked for. */
export async function dropTestDatabases(): Promise<void> {
  for (const uri of used) {
    const client = await MongoClient.connect(uri);
    await client.db().dropDatabase();
    await client.close();
  }
}
