import { expect } from 'chai';
import { CellModel, checkCells, rollUp, VolumeModel } from '../../../surveys/aggregates/index.ts';
import { cellKey, volumeKey } from '../../../surveys/aggregates/keys.ts';
import { volumesOf } from '../../../surveys/aggregates/releases/load-facts.ts';
import { ContactModel } from '../../../surveys/contacts/model.ts';
import { InvitationModel } from '../../../surveys/invitations/model.ts';
import { acquireLease } from '../../../surveys/leases.ts';
import { type Response, ResponseModel } from '../../../surveys/responses/index.ts';
import { haveCatalogue } from '../../support/catalogue.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';

const place = {
  survey: 'customer-journey',
  version: 1,
  department: 'parks',
  channel: 'phone',
  mode: 'web',
  month: '2026-03',
};
const cell = cellKey(place);

describe('rollUp', () => {
  useStore();
  const ctx = testContext();
  beforeEach(() => haveCatalogue(ctx));

  it('counts the answers of a dirty cell, but no texts', async () => {
    await store('a', { overall: 8, result: 'yes', comment: 'Prima' });
    await store('b', { overall: 8, ease: 3 });
    expect(await rollUp(ctx)).to.deep.equal({ cells: 1, volumes: 0 });
    const counted = await CellModel.findById(cell).lean();
    expect(counted).to.deep.include({ n: 2, department: 'parks', product: '', month: '2026-03' });
    expect(counted!.histograms).to.deep.equal({ overall: { 8: 2 }, result: { yes: 1 }, ease: { 3: 1 } });
    expect(await checkCells()).to.deep.equal([]);
  });

  it('has nothing to do once nothing is dirty', async () => {
    await store('a', { overall: 8 });
    await rollUp(ctx);
    expect(await rollUp(ctx)).to.deep.equal({ cells: 0, volumes: 0 });
  });

  it('counts a replaced answer anew, and a deleted one no more', async () => {
    await store('a', { overall: 8 });
    await store('b', { overall: 4 });
    await rollUp(ctx);
    await ResponseModel.updateOne(
      { _id: 'a' },
      { $set: { answers: { overall: 9 }, dirty: true }, $inc: { rev: 1 } },
    );
    await ResponseModel.updateOne(
      { _id: 'b' },
      { $set: { answers: {}, deleted: true, dirty: true }, $inc: { rev: 1 } },
    );
    await rollUp(ctx);
    expect(await CellModel.findById(cell).lean()).to.deep.include({
      n: 1,
      histograms: { overall: { 9: 1 } },
    });
    expect(await ResponseModel.countDocuments({})).to.equal(1);
  });

  it('does not overwrite the count of a later leader', async () => {
    await store('a', { overall: 8 });
    await rollUp(ctx);
    await CellModel.updateOne({ _id: cell }, { $set: { fence: 1_000 } });
    await store('b', { overall: 8 });
    await rollUp(ctx);
    expect((await CellModel.findById(cell).lean())!.n).to.equal(1);
    expect(await ResponseModel.countDocuments({ dirty: true })).to.equal(1);
  });

  it('leaves the work to the process that has the lease, until it ends', async () => {
    await store('a', { overall: 8 });
    await acquireLease('roll-up', 'another process', ctx.clock, 4_000);
    expect(await rollUp(ctx)).to.deep.equal({ cells: 0, volumes: 0 });
    ctx.clock.advance(4_001);
    expect(await rollUp(ctx)).to.deep.equal({ cells: 1, volumes: 0 });
  });

  it('counts contacts by decision, and what became of invitations', async () => {
    const volume = volumeKey(place);
    const { version: _version, mode: _mode, ...where } = place;
    const marks = { volume, rev: 1, dirty: true };
    await ContactModel.insertMany([
      { ...where, ...marks, _id: 'one', decision: 'invited' },
      { ...where, ...marks, _id: 'two', decision: 'skipped', reason: 'noAddress' },
    ]);
    const states = [
      ['planned', false],
      ['sent', true],
      ['answered', true],
      ['withdrawn', true],
      ['expired', true],
      ['bounced', false],
      ['cancelled', false],
    ] as const;
    await InvitationModel.insertMany(
      states.map(([state, accepted], index) => ({
        ...where,
        ...marks,
        _id: String(index),
        version: 1,
        language: 'nl',
        state,
        accepted,
        sendAt: ctx.clock.now(),
        expiresAt: ctx.clock.now(),
        attempts: 1,
        tokens: [],
      })),
    );
    expect(await checkCells()).to.have.length(1);
    expect(await rollUp(ctx)).to.deep.equal({ cells: 0, volumes: 1 });
    expect(await VolumeModel.findById(volume).lean()).to.deep.include({
      contacts: { invited: 1, skipped: 1 },
      invited: 6,
      accepted: 4,
      bounced: 0,
      answered: 1,
    });
    expect(await checkCells()).to.deep.equal([]);
  });

  it('counts a week of a place anew when something changes in it, not the month, and adds the weeks up', async () => {
    const { version: _version, mode: _mode, ...where } = place;
    const contact = (_id: string, week: number) => ({
      ...{ ...where, _id, volume: volumeKey({ ...place, week }), rev: 1, dirty: true },
      ...{ decision: 'skipped', reason: 'noAddress' },
    });
    await ContactModel.insertMany([contact('one', 1), contact('two', 1), contact('three', 2)]);
    expect(await rollUp(ctx)).to.deep.equal({ cells: 0, volumes: 2 });
    await ContactModel.insertMany([contact('four', 2)]);
    expect(await rollUp(ctx)).to.deep.equal({ cells: 0, volumes: 1 });
    const { contacts } = await volumesOf(place.survey, '2026');
    expect(contacts.places).to.have.length(1);
    expect(contacts.counts[0]).to.equal(4);
    expect(await checkCells()).to.deep.equal([]);
  });

  async function store(_id: string, answers: Response['answers']): Promise<void> {
    await ResponseModel.create({ ...place, _id, cell, answers, derived: {}, rev: 1, dirty: true });
  }
});

describe('checkCells', () => {
  useStore();

  it('names what a recount does not give', async () => {
    const ctx = testContext();
    await haveCatalogue(ctx);
    await ResponseModel.create({
      ...place,
      _id: 'a',
      cell,
      answers: { overall: 8 },
      derived: {},
      rev: 1,
      dirty: true,
    });
    await rollUp(ctx);
    await CellModel.updateOne({ _id: cell }, { $set: { 'histograms.overall.8': 2 } });
    expect(await checkCells()).to.deep.equal([
      {
        kind: 'cell',
        key: cell,
        stored: { n: 1, histograms: { overall: { 8: 2 } } },
        counted: { n: 1, histograms: { overall: { 8: 1 } } },
        due: false,
      },
    ]);
  });

  it('says where a roll-up is due, so that a difference is no fault', async () => {
    await haveCatalogue(testContext());
    const response = { ...place, cell, answers: { overall: 8 }, derived: {}, rev: 1, dirty: true };
    await ResponseModel.create({ _id: 'a', ...response });
    expect((await checkCells()).map(({ key, due }) => ({ key, due }))).to.deep.equal([
      { key: cell, due: true },
    ]);
  });
});
