import { randomUUID } from 'node:crypto';
import type { ClaimedInvitation } from '../../surveys/invitations/index.ts';
import { isPhoneNumber, isPostalAddress } from '../../surveys/recipients/index.ts';
import {
  formatDay,
  invitationBody,
  invitationLetter,
  invitationShortText,
  letterLanguage,
  type MailSettings,
  mailOf,
  type RenderedBody,
  renderBody,
} from '../mail/index.ts';
import type { Mail } from '../transport/index.ts';
import type { Wording } from './wording.ts';

/** Makes the mail of an invitation. */
export type Renderer = (invitation: ClaimedInvitation) => Promise<Mail>;

/**
 * A renderer for a run of mails. Mails about the same thing differ in their two tokens only, so each body is rendered
 * once, with marks where the tokens go. Tokens are base64url, which no escaping changes.
 */
export function createRenderer(settings: MailSettings, wording: Wording): Renderer {
  const { baseUrl } = settings;
  const answerMark = randomUUID();
  const optOutMark = randomUUID();
  const bodies = new Map<string, RenderedBody>();

  return async (invitation) => {
    const { kind, survey, version, department, channel, product, expiresAt } = invitation;
    const byPost = isPostalAddress(invitation.address);
    const { told, ...words } = await wording(
      byPost ? { ...invitation, language: letterLanguage(invitation.language) } : invitation,
    );
    const { language } = words;
    const key = JSON.stringify([
      kind,
      survey,
      version,
      department,
      channel,
      told && product,
      language,
      formatDay(expiresAt, language),
    ]);
    const marked =
      bodies.get(key) ??
      renderBody(
        invitationBody({
          ...words,
          kind,
          answerUrl: `${baseUrl}/s/${answerMark}`,
          optOutUrl: `${baseUrl}/o/${optOutMark}`,
          genuineUrl: `${baseUrl}/genuine`,
          expiresAt,
          ...(told && {
            done: { text: told, url: `${baseUrl}/you-said-we-did/${product}?lang=${language}` },
          }),
        }),
      );
    bodies.set(key, marked);
    const answerUrl = `${baseUrl}/s/${invitation.token}`;
    const optOutUrl = `${baseUrl}/o/${invitation.optOutToken}`;
    const phone = isPhoneNumber(invitation.address);
    const fill = (text: string) =>
      text.replaceAll(answerMark, invitation.token).replaceAll(optOutMark, invitation.optOutToken);
    return mailOf(
      settings,
      {
        ...marked,
        text: fill(marked.text),
        html: fill(marked.html),
        ...(phone && { shortText: invitationShortText({ ...words, kind, answerUrl, optOutUrl }) }),
        ...(byPost && {
          letter: {
            text: invitationLetter({ ...words, expiresAt, startUrl: baseUrl, code: invitation.token }),
            url: answerUrl,
          },
        }),
      },
      {
        to: invitation.address,
        municipality: words.municipality,
        messageKey: invitation.messageId,
        optOutUrl,
      },
    );
  };
}
