const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

/** The spec reporter, which also leaves its totals in the file that GOLDEN_EAR_TOTALS names. */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      const file = process.env.GOLDEN_EAR_TOTALS;
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
};
