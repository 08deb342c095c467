import { expect } from 'chai';
import { CellModel, checkCells, rollUp, VolumeModel } from '../../../surveys/aggregates/index.ts';
import { parseCellKey } from '../../../surveys/aggregates/keys.ts';
import { recordContacts } from '../../../surveys/contacts/index.ts';
import { ContactModel } from '../../../surveys/contacts/model.ts';
import { expireDue } from '../../../surveys/invitations/index.ts';
import { InvitationModel } from '../../../surveys/invitations/model.ts';
import { acquireLease } from '../../../surveys/leases.ts';
import { CapModel } from '../../../surveys/recipients/index.ts';
import {
  deleteAnswers,
  ResponseModel,
  recordResponses,
  submitAnswers,
} from '../../../surveys/responses/index.ts';
import { eraseOld, putRetention } from '../../../surveys/retention/index.ts';
import { putSurveySettings } from '../../../surveys/settings/index.ts';
import { haveCatalogue } from '../../support/catalogue.ts';
import { testContext } from '../../support/context.ts';
import { longOnSecondServer } from '../../support/mongodb.ts';
import { useStore } from '../../support/store.ts';
import { contactEvent, contactsNow, importedAnswers, liveThreeMonths, mailAndAnswer } from './old-data.ts';

const dayMs = 86_400_000;

/** All counts there are, without what a roll-up or a seal adds to them. */
async function allCounts() {
  const cells = await CellModel.find({}, { n: 1, histograms: 1 }).sort({ _id: 1 }).lean();
  const fields = { contacts: 1, invited: 1, accepted: 1, bounced: 1, answered: 1 } as const;
  return { cells, volumes: await VolumeModel.find({}, fields).sort({ _id: 1 }).lean() };
}

async function documents() {
  return {
    responses: await ResponseModel.countDocuments(),
    invitations: await InvitationModel.countDocuments(),
    contacts: await ContactModel.countDocuments(),
    caps: await CapModel.countDocuments(),
  };
}

describe('erasing what is old', () => {
  useStore();
  const ctx = testContext();
  beforeEach(async () => {
    ctx.clock.set('2025-01-07T10:00:00Z');
    await haveCatalogue(ctx);
  });

  it('leaves what is not old', async () => {
    await contactsNow(ctx, 6, 'nieuw');
    ctx.clock.advance(5 * dayMs);
    await mailAndAnswer(ctx, 0.5);
    const before = await documents();
    expect(await eraseOld(ctx)).to.deep.equal({
      responses: 0,
      contacts: 0,
      invitations: 0,
      caps: 0,
      importSalts: 0,
    });
    expect(await documents()).to.deep.equal(before);
    expect(await CellModel.countDocuments({ seal: { $exists: true } })).to.equal(0);
  });

  it('erases each kind when its time has come, and every count stays what it was', async () => {
    await liveThreeMonths(ctx);
    const counts = await allCounts();
    ctx.clock.set('2025-10-01T10:00:00Z');
    expect(await eraseOld(ctx)).to.include({ invitations: 36, contacts: 0, responses: 0, caps: 36 });
    ctx.clock.set('2026-06-01T10:00:00Z');
    expect(await eraseOld(ctx)).to.include({ invitations: 0, contacts: 36, responses: 0, caps: 0 });
    ctx.clock.set('2027-06-01T10:00:00Z');
    expect(await eraseOld(ctx)).to.include({ invitations: 0, contacts: 0, responses: 48 });
    expect(await documents()).to.deep.equal({ responses: 0, invitations: 0, contacts: 0, caps: 0 });
    expect(await allCounts()).to.deep.equal(counts);
    expect(await checkCells()).to.deep.equal([]);
    expect(await eraseOld(ctx)).to.deep.equal({
      responses: 0,
      contacts: 0,
      invitations: 0,
      caps: 0,
      importSalts: 0,
    });
  });

  it('goes by months: not a day before the month is over by as many', async () => {
    await putRetention({ responseMonths: 2 });
    await importedAnswers(ctx, 3, 'a');
    ctx.clock.set('2025-03-31T21:59:59Z');
    expect(await eraseOld(ctx)).to.include({ responses: 0 });
    ctx.clock.set('2025-03-31T22:00:00Z');
    expect(await eraseOld(ctx)).to.include({ responses: 3 });
  });

  it('never recounts what is sealed: a change after that does not touch it, and is erased too', async () => {
    await importedAnswers(ctx, 4, 'a');
    await rollUp(ctx);
    const counts = await allCounts();
    ctx.clock.set('2027-06-01T10:00:00Z');
    await eraseOld(ctx);
    // As by a process that had begun to store it before the month was closed.
    const cell = counts.cells[0]!._id;
    const { product: _, stage: __, ...place } = parseCellKey(cell);
    await ResponseModel.create({
      ...place,
      ...{ _id: 'late', cell, answers: { overall: 1 }, derived: {}, rev: 1, dirty: true },
    });
    await rollUp(ctx);
    expect(await allCounts()).to.deep.equal(counts);
    expect(await ResponseModel.countDocuments({ dirty: true })).to.equal(0);
    expect(await checkCells()).to.deep.equal([]);
    expect(await eraseOld(ctx)).to.include({ responses: 1 });
    expect(await ResponseModel.countDocuments()).to.equal(0);
    expect(await allCounts()).to.deep.equal(counts);
  });

  it('counts before it erases: a change that no roll-up has seen is in the sealed cell', async () => {
    await importedAnswers(ctx, 4, 'a');
    ctx.clock.set('2027-06-01T10:00:00Z');
    expect(await eraseOld(ctx)).to.include({ responses: 4 });
    const cells = await CellModel.find().lean();
    expect(cells.map(({ n }) => n)).to.deep.equal([2, 2]);
  });

  it('shows when a sealed count is no longer what was sealed', async () => {
    await liveThreeMonths(ctx);
    ctx.clock.set('2027-06-01T10:00:00Z');
    await eraseOld(ctx);
    await CellModel.updateOne({ n: { $gt: 0 } }, { $inc: { n: 1 } });
    await VolumeModel.updateOne({ 'contacts.invited': { $gt: 0 } }, { $inc: { 'contacts.invited': 1 } });
    const differences = await checkCells();
    expect(differences.map(({ kind, due }) => ({ kind, due }))).to.deep.equal([
      { kind: 'cell', due: false },
      { kind: 'volume', due: false },
    ]);
  });

  it('waits while an answer can still be changed', async () => {
    await putRetention({ responseMonths: 1, invitationMonths: 1 });
    await putSurveySettings('customer-journey', { expiryDays: 200 });
    await contactsNow(ctx, 1, 'lang');
    ctx.clock.advance(5 * dayMs);
    const [token] = await mailAndAnswer(ctx, 1);
    ctx.clock.set('2025-06-01T10:00:00Z');
    expect(await eraseOld(ctx)).to.include({ responses: 0, invitations: 0 });
    await submitAnswers(ctx, token!, { overall: 2 });
    ctx.clock.set('2025-09-01T10:00:00Z');
    expect(await eraseOld(ctx)).to.include({ responses: 1, invitations: 1 });
    expect((await CellModel.find().lean()).map(({ histograms }) => histograms.overall)).to.deep.equal([
      { 2: 1 },
    ]);
    await deleteAnswers(token!);
    await rollUp(ctx);
    expect(await checkCells()).to.deep.equal([]);
  });

  it('waits while an import can still be repeated or undone, then refuses its month', async () => {
    const old = (externalId: string) => ({
      survey: 'customer-journey',
      department: 'zorg',
      channel: 'counter',
      mode: 'paper',
      answerDate: '2021-05-04',
      externalId,
      answers: { overall: 7 },
    });
    await recordResponses(ctx, [old('1'), old('2')]);
    expect(await eraseOld(ctx)).to.include({ responses: 0 });
    await recordResponses(ctx, [old('3')]);
    ctx.clock.set('2025-03-01T10:00:00Z');
    expect(await eraseOld(ctx)).to.include({ responses: 3, importSalts: 1 });
    const [refused] = await recordResponses(ctx, [old('1')]);
    expect(refused).to.include({ decision: 'rejected', reason: 'importClosed' });
    const { externalId: _, ...unnamed } = old('1');
    const [other] = await recordResponses(ctx, [unnamed], { idempotencyKey: 'again' });
    expect(other).to.include({ decision: 'rejected', reason: 'importClosed' });
    expect(await ResponseModel.countDocuments()).to.equal(0);
  });

  it('answers "too old" to a contact that is sent again after it was erased, without a second effect', async () => {
    await putSurveySettings('customer-journey', { maximumAgeDays: 365 });
    await putRetention({ contactMonths: 1, invitationMonths: 1 });
    const [contact] = await contactsNow(ctx, 1, 'weer');
    ctx.clock.set('2025-06-01T10:00:00Z');
    expect(await eraseOld(ctx), 'not too old yet, so kept').to.include({ contacts: 0 });
    ctx.clock.set('2026-02-01T10:00:00Z');
    await expireDue(ctx);
    expect(await eraseOld(ctx)).to.include({ contacts: 1, invitations: 1 });
    const counts = await allCounts();
    await putSurveySettings('customer-journey', { maximumAgeDays: 365, capDays: 0 });
    ctx.clock.set('2026-01-06T10:00:00Z');
    const [again] = await recordContacts(ctx, [contactEvent(contact!)]);
    expect(again).to.include({ decision: 'skipped', reason: 'tooOld' });
    await rollUp(ctx);
    expect(await allCounts()).to.deep.equal(counts);
    expect(await documents()).to.include({ contacts: 0, invitations: 0 });
  });

  it('is done by one process at a time', async () => {
    await importedAnswers(ctx, 3, 'a');
    ctx.clock.set('2027-06-01T10:00:00Z');
    await acquireLease('retention', 'another process', ctx.clock, 60_000);
    expect(await eraseOld(ctx)).to.include({ responses: 0 });
    ctx.clock.advance(60_000);
    expect(await eraseOld(ctx)).to.include({ responses: 3 });
  });

  it('ends between two slices when it is told to, and the next run completes it', async () => {
    await importedAnswers(ctx, 1_000, 'a');
    ctx.clock.set('2027-06-01T10:00:00Z');
    const told = new AbortController();
    const onProgress = () => told.abort();
    const failure = await eraseOld(ctx, { onProgress, signal: told.signal }).catch(({ code }) => code);
    expect(failure).to.equal('unavailable');
    expect(await ResponseModel.countDocuments()).to.be.within(1, 999);
    await eraseOld(ctx);
    expect(await ResponseModel.countDocuments()).to.equal(0);
    expect(await checkCells()).to.deep.equal([]);
  });

  it('erases in slices and tells of its progress', async function () {
    longOnSecondServer(this);
    for (const name of ['a', 'b']) await importedAnswers(ctx, 1_000, name);
    ctx.clock.set('2027-06-01T10:00:00Z');
    const seen: number[] = [];
    await eraseOld(ctx, { onProgress: ({ responses }) => seen.push(responses) });
    expect(seen).to.include.members([500, 1_000, 1_500, 2_000]);
  });
});
