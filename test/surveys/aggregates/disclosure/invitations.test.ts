import { expect } from 'chai';
import type { AggregateRow } from '../../../../schemas/generated/aggregate-row.ts';
import {
  contactTables,
  createRelease,
  type ReleaseTable,
  VolumeModel,
} from '../../../../surveys/aggregates/index.ts';
import {
  ReleaseModel,
  ReleaseRowModel,
  ReleaseStateModel,
} from '../../../../surveys/aggregates/releases/models.ts';
import { publishCatalogue } from '../../../../surveys/definitions/index.ts';
import { putSurveySettings } from '../../../../surveys/settings/index.ts';
import { testContext } from '../../../support/context.ts';
import { times } from '../../../support/long-form.ts';
import { useStore } from '../../../support/store.ts';
import { putAnswers, putInvitations, type TestCell, type TestPlace } from '../answers.ts';
import { attack, generator, type Pinned, type PublishedRow, type Scale } from '../attacker.ts';
import { everythingPublished, type Wanted } from '../everything.ts';
import { followed, smallChanges } from '../releases-together.ts';

const survey = 'customer-journey';
const year = '2026';

/** What becomes of an invitation. Published are the answered and all together, and the arrived in tens. */
const scale: Scale = {
  bins: ['answered', 'open', 'undelivered'].map((key) => ({ key })),
  bands: { answered: ['answered'], others: ['open', 'undelivered'] },
  wanted: { arrived: ['answered', 'open'] },
};

/** More with ATTACKS in the environment: `npm run verify:full` does. */
const attacks = times('ATTACKS', { short: 2, long: 300 });
const firstSeed = Number(process.env.ATTACK_SEED ?? 1);

describe('an attacker of the counts of invitations that releases return', () => {
  useStore();

  it(`can not derive a hidden number, in ${attacks} random towns`, async function () {
    this.timeout(attacks * 60_000);
    let shown = 0;
    for (let seed = firstSeed; seed < firstSeed + attacks; seed++) {
      const releases: PublishedRow[][] = [];
      const town = randomTown(seed);
      const elsewhere = new Set<string>();
      const ofRows = (found: Pinned[]) => found.filter(({ row }) => !elsewhere.has(JSON.stringify(row.keys)));
      await liveThrough(town, async (wanted) => {
        const listed = await everythingPublished(wanted, invitationsIn);
        const others = unlisted(listed, town.flat());
        for (const { keys } of others) elsewhere.add(JSON.stringify(keys));
        const rows = [...listed, ...others];
        const where = `seed ${seed}, release ${wanted.release}`;
        shown += rows.filter(({ figures }) => figures).length;
        expect(ofRows(await attack(rows, scale, seed)), where).to.deep.equal([]);
        const before = releases.at(-1);
        releases.push(rows);
        if (!before) return;
        expect(ofRows(await followed(releases, scale, seed)), `${where} beside those before`).to.deep.equal(
          [],
        );
        expect(ofRows(await smallChanges(before, rows)), `${where}, added`).to.deep.equal([]);
        const answered = ofRows(await smallChanges(before.map(onlyAnswered), rows.map(onlyAnswered)));
        expect(answered, `${where}, answers added`).to.deep.equal([]);
      });
    }
    expect(shown, 'rows with counts').to.be.above(5 * attacks);
  });

  it('can not derive those of rows that are hidden for too few answers', async () => {
    const few = { answered: 140, open: 0, undelivered: 0, skipping: true };
    const many = { answered: 500, open: 100, undelivered: 10, skipping: false };
    const town = square([few, few, many], [few, { ...few, open: 30 }, many], [many, many, many]);
    await liveThrough(
      [town],
      async (wanted) => {
        const rows = await everythingPublished(wanted, invitationsIn);
        expect(await attack(rows, scale)).to.deep.equal([]);
        expect(rows.filter(({ figures }) => figures)).to.not.have.length(0);
      },
      oneTable,
    );
  });

  it('can not tell from one release to the next that a few more answered', async () => {
    const many = { answered: 500, open: 100, undelivered: 10, skipping: false };
    const more = { ...many, answered: 502, open: 120 };
    const days = [square([many, many], [many, many]), square([more, many], [many, many])];
    const releases: PublishedRow[][] = [];
    await liveThrough(
      days,
      async (wanted) => {
        releases.push((await everythingPublished(wanted, invitationsIn)).map(onlyAnswered));
      },
      oneTable,
    );
    expect(releases[0]![0]!.figures?.responses).to.equal(2_000);
    expect(await smallChanges(releases[0]!, releases[1]!)).to.deep.equal([]);
  });
});

const oneTable: ReleaseTable[] = [{ by: ['department', 'channel'] }];

/** Departments (down) by channels (across). */
function square(...rows: Omit<Invited, 'place'>[][]): Invited[] {
  return rows.flatMap((row, department) =>
    row.map((counts, channel) => ({
      place: { department: `d${department}`, channel: `c${channel}` },
      ...counts,
    })),
  );
}

function invitationsIn({ invited, answered, delivered }: AggregateRow): PublishedRow['figures'] {
  if (invited === undefined || answered === undefined || delivered === undefined) return undefined;
  return {
    responses: invited,
    distribution: { answered, others: invited - answered },
    between: [{ bins: ['answered', 'open'], from: delivered - 5, to: delivered + 5 }],
  };
}

/** Where people were invited and nobody answered is not listed, but counts in the totals: the attacker knows the town, and looks for what is listed. */
function unlisted(rows: PublishedRow[], town: Invited[]): PublishedRow[] {
  return (['department', 'channel', 'product'] as const).flatMap((dimension) => {
    const listed = new Set(rows.map(({ keys }) => keys[dimension]));
    const missing = new Set(town.map(({ place }) => place[dimension]!).filter((key) => !listed.has(key)));
    return [...missing].map((key) => ({ keys: { [dimension]: key }, months: rows[0]!.months }));
  });
}

/** A row for who looks at the answered invitations only. */
function onlyAnswered({ figures, ...row }: PublishedRow): PublishedRow {
  if (!figures) return row;
  const { answered = 0 } = figures.distribution;
  return { ...row, figures: { responses: answered, distribution: { answered } } };
}

interface Invited {
  place: TestPlace;
  answered: number;
  open: number;
  undelivered: number;
  /** Whether most leave the question out. */
  skipping: boolean;
}

/** Lets invitations and answers come in and releases be made, day after day. */
async function liveThrough(
  days: Invited[][],
  check: (wanted: Wanted) => Promise<void>,
  tables = contactTables,
): Promise<void> {
  const ctx = testContext('2026-03-10T09:00:00Z');
  for (const model of [ReleaseModel, ReleaseRowModel, ReleaseStateModel])
    await model.collection.deleteMany({});
  await publishCatalogue(ctx);
  await VolumeModel.deleteMany({});
  if (tables !== contactTables) await putSurveySettings(survey, { tables, knownAnswers: 0 });
  for (const day of days) {
    await putAnswers(day.flatMap(answersOf));
    for (const { place, answered, open, undelivered } of day) {
      const accepted = answered + open;
      await putInvitations(place, { invited: accepted + undelivered, accepted, bounced: 0, answered });
    }
    ctx.clock.advance(86_400_000);
    const { number: release } = await createRelease(ctx, survey);
    await check({ survey, question: 'overall', year, tables, release });
  }
}

/** Answers to the question that decides which rows are shown. It may be skipped. */
function answersOf({ place, answered, skipping }: Invited): TestCell[] {
  const graded = Math.floor((answered * (skipping ? 0.05 : 1)) / 5);
  const overall = Object.fromEntries([5, 6, 7, 8, 9].map((grade) => [grade, graded]));
  return graded === 0 ? [] : [{ place, histograms: { overall } }];
}

/** All invitations so far at each release, in one to three releases. Nothing gets fewer: what is open stays so. */
function randomTown(seed: number): Invited[][] {
  const random = generator(seed);
  const upTo = (limit: number, skew = 1) => Math.floor(limit * random() ** skew);
  const places = Array.from({ length: 4 + upTo(12) }, () => ({
    department: `d${upTo(3)}`,
    channel: `c${upTo(3)}`,
    product: `p${upTo(2)}`,
    stage: '',
    month: `${year}-0${1 + upTo(3)}`,
  }));
  const distinct = [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
  const so = distinct.map((place) => ({
    place,
    answered: 0,
    open: 0,
    undelivered: 0,
    skipping: random() < 0.2,
  }));
  return Array.from({ length: 1 + upTo(3) }, (_, day) => {
    for (const one of so) {
      const most = day === 0 ? 300 : 100;
      one.answered += upTo(most, 1.5);
      one.open += random() < 0.7 ? 0 : upTo(3 * most);
      one.undelivered += random() < 0.7 ? 0 : upTo(8);
    }
    return structuredClone(so);
  });
}
