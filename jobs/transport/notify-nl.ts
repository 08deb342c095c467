import { createHmac } from 'node:crypto';
import { type Clock, systemClock } from '../../surveys/clock.ts';
import { isPhoneNumber, isPostalAddress } from '../../surveys/recipients/index.ts';
import type { Mail, Outcome, Transport } from './transport.ts';

export interface NotifySettings {
  /** Base of the API, without a slash at the end. */
  url: string;
  /** As NotifyNL gives it: a name, the id of the service and the secret, joined by hyphens. */
  apiKey: string;
  /** Id of a template with the subject `((subject))` and the text `((message))`. */
  emailTemplate: string;
  /** Id of a template with the text `((message))`. Absent: no text messages are sent. */
  smsTemplate?: string | undefined;
  /** Id of a template with the heading `((subject))`, the text `((message))` and a line `qr: ((link))`. Absent: no letters. */
  letterTemplate?: string | undefined;
}

const patienceMs = 30_000;

/**
 * Hands mail to NotifyNL, which makes it up by its own template: the plain text goes, with our subject; to a phone number
 * the text message, to a postal address the letter. What comes back later comes as a receipt that names our reference
 * (jobs/bounces).
 */
export function notifyTransport(settings: NotifySettings, clock: Clock = systemClock): Transport {
  return {
    async send(mail, signal) {
      if (signal?.aborted) return { kind: 'retry', reason: 'EABORT' };
      const request = requestFor(mail, settings);
      if (!request) return { kind: 'failed', reason: 'ENOTEXT' };
      const patience = AbortSignal.timeout(patienceMs);
      try {
        const response = await fetch(`${settings.url}/v2/notifications/${request.kind}`, {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${tokenOf(settings.apiKey, clock.now())}`,
            'Content-Type': 'application/json',
          },
          body: JSON.stringify(request.body),
          redirect: 'error',
          signal: signal ? AbortSignal.any([signal, patience]) : patience,
        });
        return await outcomeOf(response, request.kind);
      } catch (error) {
        if (signal?.aborted) return { kind: 'retry', reason: 'EABORT' };
        return { kind: 'unavailable', reason: error instanceof Error ? error.name : 'unknown' };
      }
    },
    async close() {},
  };
}

interface NotifyRequest {
  kind: 'email' | 'sms' | 'letter';
  body: object;
}

/**
 * The reference is the local part of our Message-ID.
 * @returns undefined for a text message or a letter where none are sent (any more)
 */
function requestFor(mail: Mail, settings: NotifySettings): NotifyRequest | undefined {
  const { emailTemplate, smsTemplate, letterTemplate } = settings;
  const reference = mail.messageId.slice(0, mail.messageId.indexOf('@'));
  if (isPostalAddress(mail.to)) return letterTemplate ? letterOf(mail, letterTemplate, reference) : undefined;
  if (!isPhoneNumber(mail.to)) return { kind: 'email', body: emailBody(mail, emailTemplate, reference) };
  if (!smsTemplate || mail.shortText === undefined) return undefined;
  const personalisation = { message: mail.shortText };
  return {
    kind: 'sms',
    body: { phone_number: mail.to, template_id: smsTemplate, personalisation, reference },
  };
}

function letterOf(
  { to, subject, letter }: Mail,
  template: string,
  reference: string,
): NotifyRequest | undefined {
  if (!letter) return undefined;
  const lines = to.split('\n').map((line, position) => [`address_line_${position + 1}`, line]);
  const personalisation = { ...Object.fromEntries(lines), subject, message: letter.text, link: letter.url };
  return { kind: 'letter', body: { template_id: template, personalisation, reference } };
}

/** Only an https address is taken for unsubscribing. */
function emailBody(mail: Mail, template: string, reference: string): object {
  const unsubscribe = /^<(https:[^>]+)>$/.exec(mail.headers['List-Unsubscribe'] ?? '')?.[1];
  return {
    email_address: mail.to,
    template_id: template,
    personalisation: { subject: mail.subject, message: mail.text },
    reference,
    ...(unsubscribe && { one_click_unsubscribe_url: unsubscribe }),
  };
}

/**
 * Only a refusal of the address itself counts against it. Anything else that is refused (trial mode, a template that lacks
 * something, a limit of the day) is about our access and holds for the next mail too, so that mail waits. A letter that is
 * refused, where the service may send none for instance, says nothing of mail.
 */
async function outcomeOf(response: Response, kind: NotifyRequest['kind']): Promise<Outcome> {
  const text = await response.text();
  if (response.status === 201) return { kind: 'accepted' };
  const reason = String(response.status);
  if (response.status === 400 && aboutAddress.test(text)) return { kind: 'bounced', reason };
  const letterOnly = kind === 'letter' && [400, 403].includes(response.status);
  return { kind: letterOnly ? 'retry' : 'unavailable', reason };
}

/** How NotifyNL begins what is wrong with a recipient. */
const aboutAddress = /"message": ?"(email_address |phone_number |Address |Cant detect a dutch )/i;

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const keyForm = new RegExp(`(${uuid})-(${uuid})$`, 'i');

/** A JSON Web Token (HS256) by the secret of the key; NotifyNL takes one for about half a minute. */
function tokenOf(apiKey: string, now: Date): string {
  const [, service = '', secret = ''] = keyForm.exec(apiKey) ?? [];
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: service, iat: Math.floor(now.getTime() / 1_000) };
  const signed = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
