import { expect } from 'chai';
import type { Document } from 'mongodb';
import { useCollection } from './support.ts';

/** What MongoDB 7 has and this store has not. */
const filters =
  '$nin $not $size $regex $options $elemMatch $all $type $mod $bitsAllSet $bitsAnySet $bitsAllClear $bitsAnyClear $geoWithin $geoIntersects $near $nearSphere';
const logical = '$nor $expr $where $text $jsonSchema $comment $sampleRate $alwaysTrue';
const updates = '$min $mul $rename $currentDate $pull $pullAll $pop $bit';
const modifiers = '$slice $sort $position';
const accumulators =
  '$count $avg $min $max $push $addToSet $first $last $firstN $lastN $top $bottom $stdDevPop $stdDevSamp $mergeObjects $median $percentile $accumulator';
const stages =
  '$project $count $unwind $lookup $graphLookup $facet $bucket $bucketAuto $sortByCount $addFields $set $unset $replaceRoot $replaceWith $unionWith $out $merge $sample $redact $geoNear $indexStats $collStats $planCacheStats $densify $fill $setWindowFields $documents $search';
const commands =
  'count dropIndexes mapReduce collMod renameCollection convertToCapped compact reIndex listDatabases currentOp serverStatus dbStats collStats getParameter fsync createUser bulkWrite';
const options: [command: string, options: string][] = [
  ['find', 'hint min max returnKey showRecordId tailable awaitData noCursorTimeout let allowPartialResults'],
  ['aggregate', 'hint let bypassDocumentValidation'],
  ['distinct', 'hint let'],
  ['findAndModify', 'fields arrayFilters hint let bypassDocumentValidation'],
  ['insert', 'bypassDocumentValidation'],
  ['update', 'let'],
  ['create', 'capped size timeseries validator viewOn pipeline clusteredIndex'],
];
const needed: Document = {
  aggregate: { pipeline: [], cursor: {} },
  distinct: { key: 'a' },
  findAndModify: { update: { a: 1 } },
  insert: { documents: [{}] },
  update: { updates: [{ q: {}, u: { a: 1 } }] },
};

describe('whatever the store does not offer', () => {
  const collection = useCollection();

  async function expectNamed(name: string, refused: Promise<unknown>): Promise<void> {
    const message = await refused.then(
      () => 'nothing',
      (error: Error) => error.message,
    );
    expect(message).to.contain(name);
  }

  async function each(names: string, attempt: (name: string) => Promise<unknown>): Promise<void> {
    await collection().replaceOne({}, { a: 1 }, { upsert: true });
    for (const name of names.split(' ')) await expectNamed(name, attempt(name));
    expect(
      await collection()
        .find({}, { projection: { _id: 0, a: 1 } })
        .toArray(),
    ).to.deep.equal([{ a: 1 }]);
  }

  it('is refused by name in a filter', async () => {
    await each(filters, (name) => collection().findOne({ a: { [name]: 1 } }));
    await each(filters, (name) => collection().deleteMany({ a: { $gt: 0, [name]: 1 } }));
    await each(logical, (name) => collection().findOne({ [name]: [{ a: 1 }] }));
  });

  it('is refused by name in an update', async () => {
    await each(updates, (name) => collection().updateOne({}, { [name]: { a: 1 } }));
    await each(modifiers, (name) =>
      collection().updateOne({}, { $push: { b: { $each: [], [name]: 1 } } } as Document),
    );
    await each('$ $[] $[x]', (name) => collection().updateOne({}, { $set: { [`a.${name}`]: 1 } }));
  });

  it('is refused by name in a pipeline', async () => {
    await each(stages, (name) =>
      collection()
        .aggregate([{ [name]: {} }])
        .toArray(),
    );
    await each(accumulators, (name) =>
      collection()
        .aggregate([{ $group: { _id: null, n: { [name]: '$a' } } }])
        .toArray(),
    );
  });

  it('is refused by name as a command or as its option', async () => {
    const { db, collectionName } = collection();
    await each(commands, (name) => db.command({ [name]: 1 }));
    for (const [command, names] of options)
      await each(names, (name) => db.command({ [command]: collectionName, ...needed[command], [name]: 1 }));
  });
});
