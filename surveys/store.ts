import mongoose from 'mongoose';

mongoose.set('strictQuery', 'throw');

/**
 * Connects mongoose's default connection. Every write is answered only when it is on disk
 * (`w: majority, j: true`). Retryable writes are off, because a standalone server refuses them.
 */
export async function connectStore(uri: string): Promise<void> {
  await mongoose.connect(uri, {
    writeConcern: { w: 'majority', journal: true },
    retryWrites: false,
    autoIndex: false,
    autoCreate: false,
    maxPoolSize: 50,
    serverSelectionTimeoutMS: 5_000,
  });
}

/** Creates the collections and indexes of all models that are loaded. Safe to repeat. */
export async function ensureIndexes(): Promise<void> {
  for (const model of Object.values(mongoose.models)) {
    await model.createCollection();
    await model.createIndexes();
  }
}

export async function disconnectStore(): Promise<void> {
  await mongoose.disconnect();
}

/** Resolves when the store answers, and rejects when it does not. */
export async function pingStore(): Promise<void> {
  const { db } = mongoose.connection;
  if (!db) throw new Error('The store is not connected');
  await db.command({ ping: 1 });
}
