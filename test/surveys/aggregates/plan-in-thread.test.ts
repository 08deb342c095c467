import { expect } from 'chai';
import { addFacts, emptyFacts, placeOf, plainFacts } from '../../../surveys/aggregates/facts.ts';
import { planInThread } from '../../../surveys/aggregates/releases/plan-in-thread.ts';
import planPlain, { type PlainInput } from '../../../surveys/aggregates/releases/plan-thread.ts';

const departments = ['burgerzaken', 'parks', 'taxes'];

/** Answers of three departments in two months, to two of three products each; of one product few. */
function input(n: number): PlainInput {
  const facts = emptyFacts(['1', '2', '3']);
  for (const [index, department] of departments.entries()) {
    for (const product of ['passport', 'permit', 'tax'].filter((_, other) => other !== index)) {
      for (const month of ['2026-01', '2026-02']) {
        const place = placeOf({ department, channel: 'counter', product, stage: '', mode: 'web', month });
        addFacts(facts, place, product === 'tax' ? { 1: 2, 3: 2 } : { 1: n, 2: n, 3: n });
      }
    }
  }
  return {
    tables: [{ by: ['department', 'product'] }, { by: ['department', 'period'] }],
    floor: 10,
    known: 2,
    facts: plainFacts(facts),
    bands: [[0], [1], [2]],
    gates: [[0, 1, 2]],
  };
}

describe('a release that is planned in a thread of its own', () => {
  it('is what it would be without, the first and the next', async () => {
    const first = await planInThread(input(30));
    expect(first).to.deep.equal(planPlain(input(30)));
    const { entries, hidden, facts, lower } = first;
    const visible = new Set(entries.filter((_, entry) => hidden[entry] === 0).map(({ id }) => id));
    expect(visible)
      .to.have.property('size')
      .within(1, entries.length - 1);
    const next = {
      ...input(40),
      previous: { facts, visible, lower },
      mayShow: visible,
    };
    expect(await planInThread(next)).to.deep.equal(planPlain(next));
  });

  it('leaves the process free to answer meanwhile', async () => {
    let turns = 0;
    const turning = setInterval(() => {
      turns += 1;
    }, 1);
    await planInThread(input(30));
    clearInterval(turning);
    expect(turns).to.be.above(0);
  });

  it('fails as it would without', async () => {
    const faulty = { ...input(30), bands: undefined as unknown as PlainInput['bands'] };
    const error = await planInThread(faulty).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(TypeError);
  });
});
