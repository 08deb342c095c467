import type { Aggregates } from '../../../surveys/aggregates/index.ts';

/** A table with everything that formats must keep: hidden rows, no product, changes, signs that have to be escaped. */
export const sampleTable: Aggregates = {
  survey: 'customer-journey',
  by: ['department', 'product', 'period'],
  filters: { from: '2026-01', to: '2026-06' },
  release: 3,
  floor: 10,
  rows: [
    {
      department: 'parks',
      product: null,
      period: '2026-Q1',
      question: 'overall',
      status: 'published',
      responses: 40,
      mean: 7.3,
      meanInterval: [6.9, 7.7],
      median: '7',
      satisfied: 0.825,
      satisfiedInterval: [0.6805, 0.9126],
      dissatisfied: 0.1,
      distribution: { '1-5': 4, '6': 3, '7': 33 },
      target: 0.8,
      verdict: 'undecided',
      invited: 500,
      answered: 40,
      responseRate: 0.085,
      responseRate1: 0.08,
      change: {
        since: '2025-Q4',
        satisfied: { before: 0.9, difference: -0.075, interval: [-0.2, 0.05], verdict: 'noClearChange' },
        mean: { verdict: 'cannotBeSaidYet' },
      },
    },
    {
      department: '=cmd|x',
      product: `a;b,"c" 'd'`,
      period: '2026-Q2',
      question: 'overall',
      status: 'suppressed',
    },
  ],
  total: null,
  totals: [{ question: 'overall', status: 'indicative', responses: 12, distribution: { '1-5': 12 } }],
  warnings: [{ code: 'modeMixUnknown', detail: 'Not known.' }],
};
