import type { mongo } from 'mongoose';

/**
 * A change of stored data. It works on collections, not on models: those change with the program, and a step must
 * still do in years what it does today. It must be safe to repeat, since a process may die in it.
 */
export interface Migration {
  title: string;
  /** `report` tells how many more documents were changed. */
  run(db: mongo.Db, report: (changed: number) => void): Promise<void>;
}

const slice = 1_000;

/** All steps in order: the store is of version n when the first n were taken. Steps are added, never changed. */
export const steps: readonly Migration[] = [
  {
    title: 'Erase the addresses of invitations that were sent before there were reminders',
    async run(db, report) {
      const invitations = db.collection<{ _id: string }>('invitations');
      const kept = { state: 'sent', nextAt: { $exists: false }, address: { $exists: true } };
      for (;;) {
        const found = await invitations
          .find(kept, { projection: { _id: 1 } })
          .limit(slice)
          .toArray();
        if (found.length === 0) return;
        const ids = found.map(({ _id }) => _id);
        const { modifiedCount } = await invitations.updateMany(
          { $and: [{ _id: { $in: ids } }, kept] },
          { $unset: { address: true } },
        );
        report(modifiedCount);
      }
    },
  },
  {
    title: 'End the sessions and sign-in links that belong to nobody',
    async run(db, report) {
      for (const name of ['staffSessions', 'signInLinks']) {
        const { deletedCount } = await db.collection(name).deleteMany({ person: { $exists: false } });
        report(deletedCount);
      }
    },
  },
];
