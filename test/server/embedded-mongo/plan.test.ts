import { expect } from 'chai';
import { compileFilter } from '../../../server/embedded-mongo/filter.ts';
import type { Index } from '../../../server/embedded-mongo/keys.ts';
import { choosePlan } from '../../../server/embedded-mongo/plan.ts';

function index(name: string, ...paths: string[]): Index {
  const key = paths.map((path): [string, 1] => [path, 1]);
  return { id: 0, name, key, unique: false, multikey: false, clipped: false, ready: true };
}

describe('the plan of a query', () => {
  it('uses the index that fixes a part, not one that lists and limits others', () => {
    const filter = { tokens: 'abc', state: { $in: ['sent', 'answered'] }, expiresAt: { $gt: new Date(0) } };
    const indexes = [index('byState', 'state', 'expiresAt'), index('byToken', 'tokens')];
    for (const order of [indexes, [...indexes].reverse()]) {
      const plan = choosePlan(order, compileFilter(filter), []);
      expect(plan.index?.name).to.equal('byToken');
    }
  });
});
