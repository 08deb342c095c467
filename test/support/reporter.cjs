const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');
const { reporters } = require('mocha');

/** How many of the slowest files are named at the end of a long run. */
const named = 12;
/** Milliseconds. */
const longRun = 60_000;

/**
 * The spec reporter, which also names the files that took longest, their hooks included, and leaves its totals and what
 * failed in the file that GOLDEN_EAR_TOTALS names.
 */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const took = new Map();
    const failed = [];
    const began = performance.now();
    let last = began;
    runner.on('suite end', ({ parent, file }) => {
      if (!parent?.root) return;
      const now = performance.now();
      took.set(file, (took.get(file) ?? 0) + now - last);
      last = now;
    });
    runner.on('fail', (test, { message }) => {
      failed.push(`${test.fullTitle()} (${relative('', test.file ?? '')}): ${message}`);
    });
    runner.once('end', () => {
      if (last - began > longRun) tellSlowest(took);
      const { passes: passed, pending: skipped } = this.stats;
      const file = process.env.GOLDEN_EAR_TOTALS;
      if (file) writeFileSync(file, JSON.stringify({ passed, failed, skipped }));
    });
  }
};

function tellSlowest(took) {
  const slowest = [...took].sort(([, a], [, b]) => b - a).slice(0, named);
  console.log('  Longest:');
  for (const [file, ms] of slowest)
    console.log(`  ${(ms / 1000).toFixed(1).padStart(6)} s  ${relative('', file)}`);
}
