import { expect } from 'chai';
import fc from 'fast-check';
import { mongo } from 'mongoose';
import { CellModel, checkCells, rollUp, VolumeModel } from '../../../surveys/aggregates/index.ts';
import { ContactModel } from '../../../surveys/contacts/model.ts';
import { publishCatalogue } from '../../../surveys/definitions/index.ts';
import { InvitationModel } from '../../../surveys/invitations/model.ts';
import { ResponseModel } from '../../../surveys/responses/index.ts';
import { eraseOld } from '../../../surveys/retention/index.ts';
import { testContext } from '../../support/context.ts';
import { times } from '../../support/long-form.ts';
import { useStore } from '../../support/store.ts';
import { liveThreeMonths } from './old-data.ts';

const writes = [
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'findOneAndUpdate',
] as const;

/** Does something in a process whose n-th write never answers: it was made (`after`), or was not. */
async function withDeath(
  n: number,
  when: 'before' | 'after',
  act: () => Promise<unknown>,
): Promise<'died' | 'lived'> {
  const { prototype } = mongo.Collection;
  const originals = writes.map((name) => [name, prototype[name]] as const);
  let count = 0;
  class Death extends Error {}
  for (const [name, original] of originals) {
    const dying = async function (this: mongo.Collection, ...input: unknown[]) {
      count += 1;
      // Nothing is written by the dead, not even a lease given back.
      if (count > n || (count === n && when === 'before')) throw new Death();
      const result: unknown = await Reflect.apply(original, this, input);
      if (count === n) throw new Death();
      return result;
    };
    Object.assign(prototype, { [name]: dying });
  }
  try {
    await act();
    return 'lived';
  } catch (error) {
    if (error instanceof Death) return 'died';
    throw error;
  } finally {
    for (const [name, original] of originals) Object.assign(prototype, { [name]: original });
  }
}

/** What is published in the end, by survey: it must never change. */
async function totals() {
  let responses = 0;
  let answers = 0;
  for await (const { n, histograms } of CellModel.find().lean().cursor()) {
    responses += n;
    for (const count of Object.values(histograms.overall ?? {})) answers += count;
  }
  const volumes = { contacts: 0, invited: 0, answered: 0 };
  for await (const volume of VolumeModel.find().lean().cursor()) {
    for (const count of Object.values(volume.contacts)) volumes.contacts += count;
    volumes.invited += volume.invited;
    volumes.answered += volume.answered;
  }
  return { responses, answers, ...volumes };
}

const kinds = [CellModel, VolumeModel, ResponseModel, InvitationModel, ContactModel].map(
  ({ collection }) => collection,
);

describe('erasing that dies at any write', () => {
  useStore();
  const ctx = testContext();

  it('never loses a count, and the next run completes it', async () => {
    ctx.clock.set('2025-01-07T10:00:00Z');
    await publishCatalogue(ctx);
    await liveThreeMonths(ctx);
    ctx.clock.set('2028-01-01T00:00:00Z');
    const before = await totals();
    const stored = await Promise.all(kinds.map((kind) => kind.find().toArray()));
    let deaths = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 400 }),
        fc.constantFrom('before', 'after'),
        async (n, when) => {
          for (const [index, kind] of kinds.entries()) {
            await kind.deleteMany({});
            await kind.insertMany(stored[index]!);
          }
          if ((await withDeath(n, when, () => eraseOld(ctx))) === 'died') deaths += 1;
          // Leases end, and other processes go on.
          ctx.clock.advance(3_600_000);
          await rollUp(ctx);
          expect(await checkCells()).to.deep.equal([]);
          expect(await totals()).to.deep.equal(before);
          await eraseOld(ctx);
          expect(await checkCells()).to.deep.equal([]);
          expect(await totals()).to.deep.equal(before);
          expect(await ResponseModel.countDocuments()).to.equal(0);
          expect(await InvitationModel.countDocuments()).to.equal(0);
          expect(await ContactModel.countDocuments()).to.equal(0);
        },
      ),
      { numRuns: times('GOLDEN_EAR_ROUNDS', { short: 4, long: 60 }) },
    );
    expect(deaths).to.be.above(0);
  });
});
