import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * `npm run verify`: installs what the tests need, then lint, types and all tests. Its last line is
 * `N passed, N failed, N skipped`, in which each check counts as one; just above it stands what failed. `--full` adds the long forms.
 */
interface Totals {
  passed: number;
  /** What failed, each by its name, place and reason. */
  failed: string[];
  skipped: number;
}

interface Step {
  name: string;
  command: string;
  counted?: boolean;
  env?: Record<string, string | undefined>;
}

/** The exit code of a check that can't be made here. */
const skipped = 77;

const full = process.argv.includes('--full');
const totals: Totals = { passed: 0, failed: [], skipped: 0 };

/** The tests read it: some repeat more often then. */
const longForm = full ? { GOLDEN_EAR_FULL: '1' } : {};
const onEmbeddedStore = { MONGODB_TEST_URI: undefined, ...longForm };

/** Journeys that keep a processor busy by themselves. */
const elsewhere = ['readme', 'nyc311', 'several-processes'].map((name) => `test/journeys/${name}.test.ts`);

/** What runs side by side, each list in its order. The first is seen as it runs, the others when they have ended. */
const lanes: Step[][] = [
  // Whole processes and browsers, which wait much.
  [
    {
      name: 'tests of journeys and faults',
      command: `npx mocha 'test/{journeys,faults}/**/*.test.ts' ${elsewhere.map((file) => `--ignore ${file}`).join(' ')}`,
      counted: true,
      env: onEmbeddedStore,
    },
  ],
  [
    {
      name: 'all other tests',
      command: "npx mocha 'test/**/*.test.ts' --ignore 'test/{journeys,faults}/**'",
      counted: true,
      env: onEmbeddedStore,
    },
  ],
  // What works by itself.
  [
    { name: 'format and lint', command: 'npm run --silent lint' },
    { name: 'types', command: 'npm run --silent types' },
    { name: 'secrets', command: 'npx tsx test/checks/secrets.ts' },
    { name: 'known vulnerabilities', command: 'npx tsx test/checks/known-vulnerabilities.ts' },
    {
      name: 'tests on a second server',
      command: 'npm run --silent test:mongodb',
      counted: true,
      env: full ? longForm : { SECOND_SERVER_SHORT: '1' },
    },
    {
      name: 'tests of the README, a whole city and several processes',
      command: `npx mocha ${elsewhere.join(' ')}`,
      counted: true,
      env: onEmbeddedStore,
    },
  ],
];

installDebianPackages();
await sideBySide(lanes);
if (full) {
  await run({ name: 'mutations', command: 'npx tsx test/mutations/run.ts' });
  await run({ name: 'pictures of every page', command: 'npm run --silent screenshots' });
}
for (const failure of totals.failed) console.log(`FAILED: ${failure}`);
console.log(`${totals.passed} passed, ${totals.failed.length} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed.length > 0 ? 1 : 0;

async function sideBySide([first, ...others]: Step[][]): Promise<void> {
  const kept = others.map((steps) => ({ steps, output: join(newDirectory(), 'output.txt') }));
  const running = kept.map(({ steps, output }) => inOrder(steps, output));
  await inOrder(first!);
  await Promise.all(running);
  for (const { output } of kept) await pipeline(createReadStream(output), process.stdout, { end: false });
}

async function inOrder(steps: Step[], output?: string): Promise<void> {
  for (const step of steps) await run(step, output);
}

/** @param output file in which to keep what it prints; absent: it is printed at once */
async function run(step: Step, output?: string): Promise<void> {
  console.log(`\n# ${step.name}`);
  const started = Date.now();
  const file = join(newDirectory(), 'totals.json');
  const out = output === undefined ? 'inherit' : openSync(output, 'a');
  const child = spawn(step.command, {
    shell: true,
    stdio: ['inherit', out, out],
    env: { ...process.env, ...step.env, GOLDEN_EAR_TOTALS: file },
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  add(step.counted ? countedTotals(file, step.name, status) : single(step.name, status));
  console.log(`# ${step.name}: ${verdict(status)}, ${seconds(started)} s`);
}

function newDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'golden-ear-verify-'));
}

function verdict(status: number | null): string {
  if (status === skipped) return 'skipped';
  return status === 0 ? 'good' : 'FAILED';
}

function single(name: string, status: number | null): Totals {
  if (status === skipped) return { passed: 0, failed: [], skipped: 1 };
  return status === 0 ? { passed: 1, failed: [], skipped: 0 } : { passed: 0, failed: [name], skipped: 0 };
}

/** A test run that died before it could count is a failure, whatever it had passed until then. */
function countedTotals(file: string, name: string, status: number | null): Totals {
  const died = `${name}: ended with exit code ${status}`;
  if (!existsSync(file)) return { passed: 0, failed: [died], skipped: 0 };
  const counted: Totals = JSON.parse(readFileSync(file, 'utf8'));
  return status !== 0 && counted.failed.length === 0 ? { ...counted, failed: [died] } : counted;
}

function add(more: Totals): void {
  totals.passed += more.passed;
  totals.failed.push(...more.failed);
  totals.skipped += more.skipped;
}

/** The pages are tested in Debian's Chromium, the queue on its Redis. Only root may install it; others are told what is missing. */
function installDebianPackages(): void {
  const packages = [
    { name: 'chromium', program: '/usr/bin/chromium' },
    { name: 'strace', program: '/usr/bin/strace' },
    { name: 'redis-server', program: '/usr/bin/redis-server' },
  ];
  const missing = packages.filter(({ program }) => !existsSync(program)).map(({ name }) => name);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    console.log(
      `Missing: ${missing.join(', ')}. Tests that need it are skipped; as root: apt-get install ${missing.join(' ')}`,
    );
    return;
  }
  const install = `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${missing.join(' ')}`;
  spawnSync(install, { shell: true, stdio: ['ignore', 'ignore', 'inherit'] });
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(1);
}
