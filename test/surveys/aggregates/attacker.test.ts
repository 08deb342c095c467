import { expect } from 'chai';
import { contactTables, createRelease } from '../../../surveys/aggregates/index.ts';
import {
  ReleaseModel,
  ReleaseRowModel,
  ReleaseStateModel,
} from '../../../surveys/aggregates/releases/models.ts';
import { publishCatalogue } from '../../../surveys/definitions/index.ts';
import { testContext } from '../../support/context.ts';
import { times } from '../../support/long-form.ts';
import { useStore } from '../../support/store.ts';
import { putAnswers, type TestCell } from './answers.ts';
import { attack, generator, type PublishedRow, type Scale } from './attacker.ts';
import { everythingPublished } from './everything.ts';
import { followed, smallChanges } from './releases-together.ts';

const survey = 'customer-journey';
const question = 'ease';
const year = '2026';

/** Five points; what is published are four bands. */
const scale: Scale = {
  bins: ['1', '2', '3', '4', '5'].map((key) => ({ key, value: Number(key) })),
  bands: { '1-2': ['1', '2'], '3': ['3'], '4': ['4'], '5': ['5'] },
};

/** More with ATTACKS in the environment: `npm run verify:full` does. */
const attacks = times('ATTACKS', { short: 2, long: 300 });
const firstSeed = Number(process.env.ATTACK_SEED ?? 1);

describe('an attacker with everything that releases return', function () {
  useStore();
  this.timeout(attacks * 60_000);

  it(`can not derive a hidden number, in ${attacks} random towns`, async () => {
    for (let seed = firstSeed; seed < firstSeed + attacks; seed++) {
      let before: PublishedRow[] | undefined;
      await liveThrough(randomTown(seed), async (rows, release) => {
        const found = await attack(rows, scale, seed);
        expect(found, `seed ${seed}, release ${release}`).to.deep.equal([]);
        if (before) {
          const where = `seed ${seed}, releases ${release - 1} and ${release}`;
          expect(await followed([before, rows], scale, seed), where).to.deep.equal([]);
          expect(await smallChanges(before, rows), `${where}, added`).to.deep.equal([]);
        }
        before = rows;
      });
    }
  });

  it('does derive one that is hidden alone', async () => {
    const row = (department: string | undefined, three: number, hidden = false) => ({
      keys: { ...(department && { department }) },
      months: ['2026-01'],
      ...(!hidden && {
        figures: { responses: 2 * three, distribution: { '1-2': 0, '3': three, '4': three, '5': 0 } },
      }),
    });
    const found = await attack([row(undefined, 30), row('parks', 26), row('roads', 4, true)], scale);
    const numbers = found.map(({ row, quantity, value }) => [
      row.keys.department,
      quantity,
      Math.round(value),
    ]);
    expect(numbers).to.have.deep.members([
      ['roads', 'responses', 8],
      ['roads', '1-2', 0],
      ['roads', '3', 4],
      ['roads', '4', 4],
      ['roads', '5', 0],
    ]);
  });

  /** Lets answers come in and releases be made, day after day, and hands over each release. */
  async function liveThrough(
    days: TestCell[][],
    check: (rows: Awaited<ReturnType<typeof everythingPublished>>, release: number) => Promise<void>,
  ): Promise<void> {
    const ctx = testContext('2026-03-10T09:00:00Z');
    for (const model of [ReleaseModel, ReleaseRowModel, ReleaseStateModel])
      await model.collection.deleteMany({});
    await publishCatalogue(ctx);
    const answers: TestCell[] = [];
    for (const day of days) {
      answers.push(...day);
      await putAnswers(answers);
      ctx.clock.advance(86_400_000);
      const { number } = await createRelease(ctx, survey);
      const wanted = { survey, question, year, tables: contactTables, release: number };
      await check(await everythingPublished(wanted), number);
    }
  }
});

/** A town of random size, with few or many answers, spread evenly or not, and one to four releases. */
function randomTown(seed: number): TestCell[][] {
  const random = generator(seed);
  const upTo = (limit: number, skew = 1) => Math.floor(limit * random() ** skew);
  const sizes = {
    departments: 2 + upTo(3),
    channels: 2 + upTo(3),
    products: 1 + upTo(3),
    stages: 1 + upTo(2),
  };
  const skew = 0.5 + 2.5 * random();
  const firstMonth = 1 + upTo(12);
  return Array.from({ length: 1 + upTo(4) }, (_, day) => {
    const count = day === 0 ? 20 + upTo(1500, 2) : upTo(60, 2);
    return Array.from({ length: count }, () => {
      const place = {
        department: `d${upTo(sizes.departments + (day > 1 ? 1 : 0), skew)}`,
        channel: `c${upTo(sizes.channels, skew)}`,
        product: `p${upTo(sizes.products, skew)}`,
        stage: `s${upTo(sizes.stages)}`,
        month: `${year}-${String(Math.min(12, firstMonth + upTo(2) + (day > 1 ? 1 : 0))).padStart(2, '0')}`,
      };
      return { place, histograms: { [question]: { [String(5 - upTo(5, skew))]: 1 } } };
    });
  });
}
