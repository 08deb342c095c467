import type { Document } from 'mongodb';
import type { Difference } from './case.ts';

/** An insert of several documents that was refused at one of them. */
export function refusedAt(index: number, code: number, after?: Document[]): object {
  return { error: code, at: [{ index, code }], ...(after && { after }) };
}

/** FerretDB refuses a duplicate with MongoDB's code and does not say which key it was. */
export function duplicateUnnamed(after?: Document[]): Difference {
  return {
    why: 'a duplicate is refused without `keyPattern` and `keyValue`',
    gives: { error: 11000, ...(after && { after }) },
  };
}
