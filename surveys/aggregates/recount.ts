import { ContactModel } from '../contacts/model.ts';
import { type PublishedSurvey, publishedSurvey } from '../definitions/index.ts';
import { InvitationModel } from '../invitations/model.ts';
import { ResponseModel } from '../responses/model.ts';
import type { Cell, Volume, VolumeCounts } from './cells.ts';
import { parseCellKey } from './keys.ts';

/** Counts all responses of a cell anew. */
export async function recountCell(key: string): Promise<Pick<Cell, 'n' | 'histograms'>> {
  const { survey, version } = parseCellKey(key);
  const published = await publishedSurvey(survey, version);
  if (!published) throw new Error(`cell of a version that is not published: ${survey}@${version}`);
  const counted = countedKeys(published);
  const cell: Pick<Cell, 'n' | 'histograms'> = { n: 0, histograms: {} };
  const counts = { cell: key, deleted: { $ne: true }, flagged: { $ne: true } };
  const responses = ResponseModel.find(counts, { answers: 1, derived: 1 }).lean().cursor({ batchSize: 1000 });
  for await (const { answers, derived } of responses) {
    cell.n += 1;
    for (const [question, answer] of [...Object.entries(answers), ...Object.entries(derived)]) {
      if (!counted.has(question)) continue;
      cell.histograms[question] ??= {};
      const histogram = cell.histograms[question];
      histogram[String(answer)] = (histogram[String(answer)] ?? 0) + 1;
    }
  }
  return cell;
}

/** Texts have no histogram. */
function countedKeys({ questions, derived }: PublishedSurvey): Set<string> {
  return new Set(
    [...questions, ...derived].filter(({ scale }) => scale.kind !== 'text').map(({ key }) => key),
  );
}

/** Counts all contacts and invitations of a volume anew, except what is sealed in the stored one. */
export async function recountVolume(key: string, stored: Volume | null | undefined): Promise<VolumeCounts> {
  const contacts = stored?.contactsSeal ? stored.contacts : await countContacts(key);
  return { contacts, ...(stored?.invitationsSeal ? invitationCounts(stored) : await countInvitations(key)) };
}

export type InvitationCounts = Omit<VolumeCounts, 'contacts'>;

/** The part of a volume that is counted from invitations. */
export function invitationCounts({ invited, accepted, bounced, answered }: VolumeCounts): InvitationCounts {
  return { invited, accepted, bounced, answered };
}

async function countContacts(key: string): Promise<VolumeCounts['contacts']> {
  const counts: VolumeCounts['contacts'] = {};
  const contacts = ContactModel.find({ volume: key }, { decision: 1 }).lean().cursor({ batchSize: 1000 });
  for await (const { decision } of contacts) {
    counts[decision] = (counts[decision] ?? 0) + 1;
  }
  return counts;
}

async function countInvitations(key: string): Promise<InvitationCounts> {
  const counts: InvitationCounts = { invited: 0, accepted: 0, bounced: 0, answered: 0 };
  const invitations = InvitationModel.find({ volume: key }, { state: 1, accepted: 1 })
    .lean()
    .cursor({ batchSize: 1000 });
  for await (const { state, accepted } of invitations) {
    const calledOff = !accepted && (state === 'cancelled' || state === 'optedOut');
    if (calledOff) continue;
    counts.invited += 1;
    if (accepted) counts.accepted += 1;
    if (accepted && state === 'bounced') counts.bounced += 1;
    if (state === 'answered') counts.answered += 1;
  }
  return counts;
}
