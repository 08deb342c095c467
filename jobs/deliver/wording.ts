import { publishedSurvey } from '../../surveys/definitions/index.ts';
import type { ClaimedInvitation } from '../../surveys/invitations/index.ts';
import { displayNames, getMunicipality } from '../../surveys/municipality/index.ts';
import { type InvitationText, type MailLanguage, mailLanguage, minutesFor } from '../mail/index.ts';

/** Says of an invitation what its mail says, other than the links. */
export type Wording = (
  invitation: ClaimedInvitation,
) => Promise<Pick<InvitationText, 'language' | 'municipality' | 'department' | 'channel' | 'minutes'>>;

/** Reads the municipality and the display names once, for a run of mails. A key without a name stands as it is. */
export async function readWording(): Promise<Wording> {
  const municipality = await getMunicipality();
  const names = { nl: await namesIn('nl'), en: await namesIn('en') };
  const minutes = new Map<string, number>();

  return async ({ survey, version, department, channel, ...invitation }) => {
    const language = mailLanguage(invitation.language);
    const key = JSON.stringify([survey, version, channel]);
    let duration = minutes.get(key);
    if (duration === undefined) {
      duration = await minutesOf(survey, version, channel);
      minutes.set(key, duration);
    }
    return {
      language,
      municipality,
      department: names[language].departments.get(department) ?? department,
      channel: names[language].channels.get(channel) ?? channel,
      minutes: duration,
    };
  };
}

async function namesIn(language: MailLanguage) {
  return {
    departments: await displayNames('department', language),
    channels: await displayNames('channel', language),
  };
}

async function minutesOf(key: string, version: number, channel: string): Promise<number> {
  const survey = await publishedSurvey(key, version);
  if (!survey) throw new Error(`Survey ${key}, version ${version}, is not published.`);
  return minutesFor(survey.askedKeys({ channel, answers: {} }).size);
}
