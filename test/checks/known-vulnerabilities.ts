import { spawnSync } from 'node:child_process';

/** What `npm run verify` counts as skipped. */
const skipped = 77;

interface Audited {
  metadata?: { vulnerabilities: Record<string, number> };
}

/**
 * Asks the registry for known vulnerabilities of what runs in production. Exit code 1 from "high" on, 77 when the registry
 * does not answer: that says nothing about the packages.
 */
const asked = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
  cwd: new URL('../..', import.meta.url).pathname,
  encoding: 'utf8',
  timeout: 60_000,
});
const { metadata } = read(asked.stdout);
if (metadata === undefined) {
  console.log('The registry does not tell of vulnerabilities here: not checked.');
  process.exitCode = skipped;
} else {
  console.log(JSON.stringify(metadata.vulnerabilities));
  process.exitCode = asked.status ?? 1;
}

function read(text: string): Audited {
  try {
    return JSON.parse(text) as Audited;
  } catch {
    return {};
  }
}
