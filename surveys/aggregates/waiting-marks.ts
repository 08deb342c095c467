import { ContactModel } from '../contacts/model.ts';
import { InvitationModel } from '../invitations/model.ts';
import { ResponseModel } from '../responses/model.ts';

const models = { contacts: ContactModel, invitations: InvitationModel, responses: ResponseModel };

export interface WaitingMarks {
  /** Changes by kind of document; counting stops at `most`. */
  counts: Record<keyof typeof models, number>;
  /** Names of some of them: the same change has the same name each time, another change of the document has another. */
  sample: string[];
}

/** The changes that no roll-up has counted yet. */
export async function waitingMarks({
  most,
  sample,
}: {
  most: number;
  sample: number;
}): Promise<WaitingMarks> {
  const found: WaitingMarks = { counts: { contacts: 0, invitations: 0, responses: 0 }, sample: [] };
  for (const kind of ['contacts', 'invitations', 'responses'] as const) {
    const model = models[kind] as typeof ContactModel;
    found.counts[kind] = await model.countDocuments({ dirty: true }, { limit: most });
    if (found.counts[kind] === 0) continue;
    const marks = await model.find({ dirty: true }, { rev: 1 }).limit(sample).lean();
    found.sample.push(...marks.map(({ _id, rev }) => `${kind} ${_id} ${rev}`));
  }
  return found;
}
