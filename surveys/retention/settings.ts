import mongoose from 'mongoose';
import type { Retention } from '../../schemas/generated/retention.ts';
import schema from '../../schemas/retention.schema.json' with { type: 'json' };
import { validator } from '../../schemas/validate.ts';
import { checkedOnWrite } from '../checked-on-write.ts';
import { problem } from '../problems.ts';

/** The retention in force: what was put, and the defaults for the rest. */
export type RetentionInForce = Required<Retention>;

const defaultRetention: RetentionInForce = {
  responseMonths: 24,
  invitationMonths: 3,
  contactMonths: 13,
  outboxDays: 30,
};

const RetentionModel = mongoose.model(
  'Retention',
  new mongoose.Schema<{ _id: string; settings: Retention }>(
    {
      _id: { type: String, required: true },
      settings: { type: mongoose.Schema.Types.Mixed, required: true },
    },
    { ...checkedOnWrite, minimize: false },
  ),
  'retention',
);

const id = 'retention';
const check = validator<Retention>(schema);

/** How long each kind of data is kept in this installation. */
export async function getRetention(): Promise<RetentionInForce> {
  const stored = await RetentionModel.findById(id).lean();
  return { ...defaultRetention, ...stored?.settings };
}

/**
 * Replaces how long data are kept; what is left out has its default again. What was erased does not come back.
 * @throws Problem `invalidBody` with all faults.
 */
export async function putRetention(value: unknown): Promise<RetentionInForce> {
  const checked = check(value);
  if (!checked.ok) throw problem('invalidBody', { faults: checked.faults });
  await RetentionModel.replaceOne({ _id: id }, { settings: checked.value }, { upsert: true });
  return getRetention();
}
