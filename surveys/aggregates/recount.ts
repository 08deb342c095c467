import { ContactModel } from '../contacts/model.ts';
import { type PublishedSurvey, publishedSurvey } from '../definitions/index.ts';
import { InvitationModel } from '../invitations/model.ts';
import type { InvitationState } from '../invitations/states.ts';
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

export type InvitationCounts = Omit<VolumeCounts, 'contacts'>;

/** The part of a volume that is counted from invitations. */
export function invitationCounts({ invited, accepted, bounced, answered }: VolumeCounts): InvitationCounts {
  return { invited, accepted, bounced, answered };
}

/** Counts all contacts and invitations of a volume anew, except what is sealed in the stored one. */
export async function recountVolume(key: string, stored: Volume | null | undefined): Promise<VolumeCounts> {
  const counted = await recountVolumes([key], new Map(stored ? [[key, stored]] : []));
  return counted.get(key)!;
}

/**
 * The same for several volumes in two commands. The store adds up: of a week of a channel, which can be thousands of
 * contacts, no more than a few sums come here.
 */
export async function recountVolumes(
  keys: string[],
  stored: ReadonlyMap<string, Volume>,
): Promise<Map<string, VolumeCounts>> {
  const contacts = await countContacts(keys.filter((key) => !stored.get(key)?.contactsSeal));
  const invitations = await countInvitations(keys.filter((key) => !stored.get(key)?.invitationsSeal));
  return new Map(
    keys.map((key) => [
      key,
      {
        contacts: contacts.get(key) ?? stored.get(key)!.contacts,
        ...(invitations.get(key) ?? invitationCounts(stored.get(key)!)),
      },
    ]),
  );
}

async function countContacts(keys: string[]): Promise<Map<string, VolumeCounts['contacts']>> {
  const counts = new Map(keys.map((key): [string, VolumeCounts['contacts']] => [key, {}]));
  if (keys.length === 0) return counts;
  const sums = await ContactModel.aggregate<{ _id: { volume: string; decision: string }; n: number }>([
    { $match: { volume: { $in: keys } } },
    { $group: { _id: { volume: '$volume', decision: '$decision' }, n: { $sum: 1 } } },
    // The store knows no order of groups; with one, a count of the same is the same to the last byte.
    { $sort: { '_id.volume': 1, '_id.decision': 1 } },
  ]);
  for (const { _id, n } of sums) counts.get(_id.volume)![_id.decision] = n;
  return counts;
}

async function countInvitations(keys: string[]): Promise<Map<string, InvitationCounts>> {
  const counts = new Map(
    keys.map((key): [string, InvitationCounts] => [
      key,
      { invited: 0, accepted: 0, bounced: 0, answered: 0 },
    ]),
  );
  if (keys.length === 0) return counts;
  type Sum = { _id: { volume: string; state: InvitationState; accepted: boolean }; n: number };
  const sums = await InvitationModel.aggregate<Sum>([
    { $match: { volume: { $in: keys } } },
    { $group: { _id: { volume: '$volume', state: '$state', accepted: '$accepted' }, n: { $sum: 1 } } },
  ]);
  for (const { _id, n } of sums) {
    const { volume, state, accepted } = _id;
    const calledOff = !accepted && (state === 'cancelled' || state === 'optedOut');
    if (calledOff) continue;
    const count = counts.get(volume)!;
    count.invited += n;
    if (accepted) count.accepted += n;
    if (accepted && state === 'bounced') count.bounced += n;
    if (state === 'answered') count.answered += n;
  }
  return counts;
}
