import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSecondServer, startSecondServer } from './build.ts';

/**
 * `npm run test:mongodb`: runs the journeys and all tests that use the store on the server of MONGODB_TEST_URI;
 * without it on FerretDB, built here. Where there is neither, it says so and counts them as skipped.
 * With GOLDEN_EAR_FULL also those that take minutes there; with SECOND_SERVER_SHORT the heart of it. Arguments after `--` go to mocha; test files among them run
 * instead of all.
 */
const root = new URL('../..', import.meta.url).pathname;

/** How a test file gets at the store. */
const usesStore = /from '(\.\.?\/)+(support\/(store|pages|service|mongodb)|collections)\.ts'/;

/** Tests of the embedded store as such and of its backup, and of a command line that mostly explains itself. */
const elsewhere = [
  'test/server/embedded-mongo/',
  'test/faults/',
  'test/journeys/backup.test.ts',
  'test/server/cli/',
  // Without indexes, as on FerretDB: each week of 6,130 contacts is counted by looking through all of them, over ten
  // minutes; two of all pages take more than the half minute that a browser waits.
  ...(process.env.MONGODB_TEST_URI
    ? []
    : ['test/journeys/nyc311.test.ts', 'test/journeys/browser-pages.test.ts']),
];

/** They build whole towns of answers, over which a store that uses no index takes minutes. */
const long = ['test/server/pages/overview.test.ts', 'test/surveys/aggregates/attacker.test.ts'];

/** What the store has to get right before anything else: semantics, and the way of a contact to its answer. */
const heart = [
  'test/store/',
  'test/journeys/api-aggregates.test.ts',
  'test/journeys/api-contacts.test.ts',
  'test/journeys/api-responses.test.ts',
  'test/journeys/reminders.test.ts',
  'test/surveys/contacts/record.test.ts',
  'test/surveys/invitations/',
  'test/surveys/responses/',
];

const left = process.env.GOLDEN_EAR_FULL ? elsewhere : [...elsewhere, ...long];

const given = process.argv.slice(2);
const files = given.some((argument) => argument.endsWith('.test.ts')) ? [] : filesOnTheStore();

const uri = process.env.MONGODB_TEST_URI;
if (uri) process.exitCode = runTests(uri);
else process.exitCode = await onFerretDB();

async function onFerretDB(): Promise<number> {
  const built = buildSecondServer();
  if ('reason' in built) return skipAll(built.reason);
  const server = await startSecondServer(built.program);
  try {
    console.log(`FerretDB 1.24 on ${server.uri}`);
    return runTests(server.uri);
  } finally {
    await server.stop();
  }
}

function filesOnTheStore(): string[] {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((file) => join('test', file))
    .filter((file) => !process.env.SECOND_SERVER_SHORT || heart.some((path) => file.startsWith(path)))
    .filter((file) => file.endsWith('.test.ts') && !left.some((path) => file.startsWith(path)))
    .filter((file) => usesStore.test(readFileSync(join(root, file), 'utf8')))
    .sort();
}

function runTests(server: string): number {
  return mocha([], { ...process.env, MONGODB_TEST_URI: server }, 'inherit');
}

function skipAll(reason: string): number {
  const counted = join(mkdtempSync(join(tmpdir(), 'golden-ear-skipped-')), 'totals.json');
  mocha(['--dry-run'], { ...process.env, GOLDEN_EAR_TOTALS: counted }, 'ignore');
  const { passed, skipped } = JSON.parse(readFileSync(counted, 'utf8')) as {
    passed: number;
    skipped: number;
  };
  const totals = { passed: 0, failed: 0, skipped: passed + skipped };
  if (process.env.GOLDEN_EAR_TOTALS) writeFileSync(process.env.GOLDEN_EAR_TOTALS, JSON.stringify(totals));
  console.log(`No second server: ${reason}. ${totals.skipped} tests are skipped.`);
  return 0;
}

function mocha(options: string[], env: NodeJS.ProcessEnv, stdio: 'inherit' | 'ignore'): number {
  const { status } = spawnSync('npx', ['mocha', ...options, ...given, ...files], { cwd: root, env, stdio });
  return status ?? 1;
}
