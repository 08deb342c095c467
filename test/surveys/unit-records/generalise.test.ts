import { expect } from 'chai';
import fc from 'fast-check';
import { type Counted, generalise, nameOf } from '../../../surveys/unit-records/generalise.ts';

const place = (n: number, fields: Partial<Counted> = {}): Counted => ({
  key: JSON.stringify([n, fields]),
  department: 'parks',
  channel: 'phone',
  product: 'permit',
  stage: 'apply',
  mode: 'web',
  month: '2026-02',
  n,
  ...fields,
});

describe('generalise', () => {
  it('keeps all detail of what is common, and takes it from the rest in the declared order', () => {
    const common = place(10);
    const otherStages = [place(4, { stage: 'wait' }), place(6, { stage: 'decide' })];
    const otherMonth = [
      place(5, { product: 'tree', month: '2026-01' }),
      place(5, { product: 'tree', month: '2026-03' }),
    ];
    const { traits, leftOut } = generalise([common, ...otherStages, ...otherMonth]);
    const shown = (one: Counted) => nameOf(traits.get(one.key)!);
    expect(shown(common)).to.equal('parks|phone|permit|apply|web|2026-02');
    expect(otherStages.map(shown)).to.deep.equal(Array(2).fill('parks|phone|permit|*|web|2026-02'));
    expect(otherMonth.map(shown)).to.deep.equal(Array(2).fill('parks|phone|tree|*|web|2026-Q1'));
    expect(leftOut).to.equal(0);
  });

  it('leaves out and counts what has fewer than ten even without any detail', () => {
    const { traits, leftOut } = generalise([place(9), place(40, { month: '2025-02' })]);
    expect([...traits.values()].map(({ period }) => period)).to.deep.equal(['2025-02']);
    expect(leftOut).to.equal(9);
  });

  it('makes no combination of fewer than ten, loses nobody, and says nothing untrue', () => {
    const places = fc.uniqueArray(
      fc.record({
        department: fc.constantFrom('a', 'b', 'c'),
        channel: fc.constantFrom('phone', 'post'),
        product: fc.constantFrom('', 'p', 'q'),
        stage: fc.constantFrom('', 's', 't'),
        mode: fc.constantFrom('web', 'paper'),
        month: fc.constantFrom('2025-11', '2026-01', '2026-02', '2026-05'),
        n: fc.integer({ min: 1, max: 25 }),
      }),
      { selector: ({ n: _n, ...fields }) => JSON.stringify(fields), maxLength: 60 },
    );
    fc.assert(
      fc.property(places, (found) => {
        const counted = found.map(({ n, ...fields }) => ({ key: JSON.stringify(fields), n, ...fields }));
        const { traits, classes, leftOut } = generalise(counted);
        const sizes = new Map<string, number>();
        for (const { key, n, month, ...fields } of counted) {
          const shown = traits.get(key);
          if (!shown) continue;
          sizes.set(nameOf(shown), (sizes.get(nameOf(shown)) ?? 0) + n);
          const { period, ...others } = shown;
          expect([
            month,
            month.slice(0, 4),
            `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`,
          ]).to.include(period);
          for (const [name, value] of Object.entries(others))
            expect(['*', fields[name as keyof typeof fields]]).to.include(value);
        }
        expect(sizes).to.deep.equal(classes);
        for (const size of sizes.values()) expect(size).to.be.at.least(10);
        const all = counted.reduce((sum, { n }) => sum + n, 0);
        expect([...sizes.values()].reduce((sum, size) => sum + size, 0) + leftOut).to.equal(all);
        expect(leftOut).to.be.below(20);
      }),
    );
  });
});
