import { expect } from 'chai';
import { count, emptySummary, formatSummary } from '../../../surveys/files/summary.ts';

describe('the summary of an import', () => {
  it('counts per decision and reason, most frequent reason first', () => {
    const summary = emptySummary(['invited', 'skipped', 'rejected'], false);
    count(summary, { decision: 'invited' });
    for (const reason of ['capped', 'tooOld', 'tooOld']) count(summary, { decision: 'skipped', reason });
    expect(summary).to.deep.equal({
      rows: 4,
      dryRun: false,
      decisions: { invited: 1, skipped: 3, rejected: 0 },
      reasons: { skipped: { capped: 1, tooOld: 2 } },
    });
    expect(
      formatSummary(summary)
        .split('\n')
        .map((line) => line.replace(/\s{2,}(?=\d)/, ' ')),
    ).to.deep.equal(['invited 1', 'skipped 3', '  tooOld 2', '  capped 1', 'rejected 0', 'rows 4']);
  });
});
