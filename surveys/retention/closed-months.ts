import mongoose from 'mongoose';
import { checkedOnWrite } from '../checked-on-write.ts';

/** What is erased by month. */
export type MonthlyKind = 'responses' | 'contacts';

interface SurveyMonth {
  survey: string;
  month: string;
}

/**
 * A month of a survey that was, or is being, erased: nothing more is taken in for it. Without this a contact that is
 * sent again would be new, and an answer would come too late to be counted.
 */
const ClosedMonthModel = mongoose.model(
  'ClosedMonth',
  new mongoose.Schema<{ _id: string }>({ _id: { type: String, required: true } }, checkedOnWrite),
  'closedMonths',
);

/** Closes a month for good. Safe to repeat. */
export async function closeMonth(kind: MonthlyKind, of: SurveyMonth): Promise<void> {
  const _id = idOf(kind, of);
  await ClosedMonthModel.updateOne({ _id }, { $setOnInsert: { _id } }, { upsert: true });
}

/** Looks up which of these months are closed: one read, however many. */
export async function closedMonths(
  kind: MonthlyKind,
  months: Iterable<SurveyMonth>,
): Promise<(of: SurveyMonth) => boolean> {
  const ids = [...new Set(Array.from(months, (of) => idOf(kind, of)))];
  if (ids.length === 0) return () => false;
  const closed = new Set((await ClosedMonthModel.find({ _id: { $in: ids } }).lean()).map(({ _id }) => _id));
  return (of) => closed.has(idOf(kind, of));
}

function idOf(kind: MonthlyKind, { survey, month }: SurveyMonth): string {
  return `${kind}|${survey}|${month}`;
}
