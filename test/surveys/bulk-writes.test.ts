import { expect } from 'chai';
import mongoose from 'mongoose';
import { insertNew } from '../../surveys/bulk-writes.ts';
import { type Cap, CapModel } from '../../surveys/recipients/model.ts';
import { useStore } from '../support/store.ts';

describe('inserting what is new', () => {
  useStore();
  const until = new Date('2026-06-08T14:00:00Z');

  it('leaves what was there as it is, and tells which', async () => {
    await insertNew(CapModel, [{ _id: 'b', contact: 'one', until }]);
    const there = await insertNew(
      CapModel,
      ['a', 'b', 'c'].map((_id) => ({ _id, contact: 'other', until })),
    );
    expect([...there]).to.deep.equal([1]);
    expect(await CapModel.find().sort({ _id: 1 }).lean()).to.deep.equal([
      { _id: 'a', contact: 'other', until },
      { _id: 'b', contact: 'one', until },
      { _id: 'c', contact: 'other', until },
    ]);
  });

  it('is an error when the store refuses all of them at once', async () => {
    const refusing = Object.assign(CapModel.bind(null), {
      collection: mongoose.connection.collection('no$name'),
    });
    const fault = await insertNew<Cap>(refusing, [{ _id: 'a', contact: 'one', until }]).catch(
      (error) => error,
    );
    expect(fault).to.be.an('error').and.have.property('code', 73);
  });

  const wrong: [what: string, document: object][] = [
    ['a field', { _id: 'a', contact: 'one', until, address: 'jan@voorbeeld.example' }],
    ['a value', { _id: 'a', contact: 'one', until: 'never' }],
  ];
  for (const [what, document] of wrong) {
    it(`writes nothing when ${what} is not of the schema`, async () => {
      const good = { _id: 'b', contact: 'one', until };
      const fault = await insertNew(CapModel, [good, document as Cap]).catch((error) => error);
      expect(fault).to.be.an('error');
      expect(await CapModel.countDocuments()).to.equal(0);
    });
  }
});
