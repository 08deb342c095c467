import { toldActions } from '../../surveys/actions/index.ts';
import { type PublishedSurvey, publishedSurvey, textIn } from '../../surveys/definitions/index.ts';
import type { ClaimedInvitation } from '../../surveys/invitations/index.ts';
import { displayNames, getMunicipality } from '../../surveys/municipality/index.ts';
import { type InvitationText, type MailLanguage, mailLanguage, minutesFor } from '../mail/index.ts';

/** Says of an invitation what its mail says, other than the links. */
export type Wording = (
  invitation: ClaimedInvitation,
) => Promise<
  Pick<InvitationText, 'language' | 'municipality' | 'occasion' | 'minutes'> & { told?: string | undefined }
>;

/** Reads the municipality and the display names once, for a run of mails. A key without a name stands as it is. */
export async function readWording(): Promise<Wording> {
  const municipality = await getMunicipality();
  const names = { nl: await namesIn('nl'), en: await namesIn('en') };
  const minutes = new Map<string, number>();
  const told = new Map<string, string>();
  for (const { product, told: one } of (await toldActions()).reverse())
    if (product) told.set(product, one.did);

  return async (invitation) => {
    const { survey: key, version, channel } = invitation;
    const survey = await publishedSurvey(key, version);
    if (!survey) throw new Error(`Survey ${key}, version ${version}, is not published.`);
    const language = mailLanguage(invitation.language, municipality.languages);
    const cacheKey = JSON.stringify([key, version, channel]);
    const duration = minutes.get(cacheKey) ?? minutesOf(survey, channel);
    minutes.set(cacheKey, duration);
    return {
      language,
      municipality,
      occasion: occasionOf(survey, invitation, { language, ...(language === 'en' ? names.en : names.nl) }),
      minutes: duration,
      told: invitation.product === undefined ? undefined : told.get(invitation.product),
    };
  };
}

interface Names {
  language: MailLanguage;
  departments: ReadonlyMap<string, string>;
  channels: ReadonlyMap<string, string>;
}

function occasionOf(
  { survey }: PublishedSurvey,
  { department, channel }: ClaimedInvitation,
  { language, departments, channels }: Names,
): InvitationText['occasion'] {
  const about = { department: departments.get(department) ?? department };
  if (survey.instrument === 'customer-journey') {
    return { kind: 'contact', ...about, channel: channels.get(channel) ?? channel };
  }
  const title = textIn(survey.title, language);
  return { kind: 'survey', ...about, title, introduction: textIn(survey.introduction, language) };
}

async function namesIn(language: MailLanguage) {
  return {
    departments: await displayNames('department', language),
    channels: await displayNames('channel', language),
  };
}

function minutesOf(survey: PublishedSurvey, channel: string): number {
  return minutesFor(survey.askedKeys({ channel, answers: {} }).size);
}
