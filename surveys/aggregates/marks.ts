import type { ContactModel } from '../contacts/model.ts';
import type { InvitationModel } from '../invitations/model.ts';
import { ResponseModel } from '../responses/model.ts';

/** Marks that are looked at in one go. */
export const atMost = 5_000;
/** Documents in one command of these: the web is served between two commands. */
const together = 500;
/** A document that changed since it was counted. */
export interface Mark {
  _id: string;
  /** Of its cell or volume. */
  key: string;
  rev: number;
  deleted: boolean;
}

type MarkedModel =
  | Pick<typeof ResponseModel, 'updateMany'>
  | Pick<typeof ContactModel, 'updateMany'>
  | Pick<typeof InvitationModel, 'updateMany'>;

/** The marks of answers, those of deleted answers among them; `atMost` of them. */
export async function responseMarks(): Promise<Mark[]> {
  const marks: Mark[] = [];
  const marked = ResponseModel.find({ dirty: true }, { cell: 1, rev: 1, deleted: 1 })
    .limit(atMost)
    .lean()
    .cursor({ batchSize: together });
  for await (const { _id, cell, rev, deleted = false } of marked)
    marks.push({ _id, key: cell, rev, deleted });
  return marks;
}

/** The marks of contacts or of invitations; `atMost` of them. */
export async function volumeMarks(model: typeof ContactModel | typeof InvitationModel): Promise<Mark[]> {
  const marks: Mark[] = [];
  const marked = (model as typeof ContactModel)
    .find({ dirty: true }, { volume: 1, rev: 1 })
    .limit(atMost)
    .lean()
    .cursor({ batchSize: together });
  for await (const { _id, volume, rev } of marked) marks.push({ _id, key: volume, rev, deleted: false });
  return marks;
}

/** The marks of each cell or volume. */
export function byKey(marks: Mark[]): Map<string, Mark[]> {
  const groups = new Map<string, Mark[]>();
  for (const mark of marks) {
    const group = groups.get(mark.key);
    if (group) group.push(mark);
    else groups.set(mark.key, [mark]);
  }
  return groups;
}

/** Clears the marks of what did not change since they were read. */
export async function clearMarks(model: MarkedModel, marks: Mark[]): Promise<void> {
  for (const { rev, ids } of byRev(marks)) {
    await (model as typeof ResponseModel).updateMany({ _id: { $in: ids }, rev }, { $set: { dirty: false } });
  }
}

/** Removes the deleted answers that are not counted any more, unless they changed since. */
export async function removeTombstones(marks: Mark[]): Promise<void> {
  for (const { rev, ids } of byRev(marks)) {
    await ResponseModel.deleteMany({ _id: { $in: ids }, rev, deleted: true });
  }
}

/** Most documents of a batch have the same few revisions, so these are a few lists; none holds up the event loop. */
function byRev(marks: Mark[]): { rev: number; ids: string[] }[] {
  const lists = new Map<number, { rev: number; ids: string[] }[]>();
  for (const { _id, rev } of marks) {
    const ofRev = lists.get(rev) ?? [];
    lists.set(rev, ofRev);
    const last = ofRev.at(-1);
    if (last && last.ids.length < together) last.ids.push(_id);
    else ofRev.push({ rev, ids: [_id] });
  }
  return [...lists.values()].flat();
}
