import type { Municipality } from '../../surveys/municipality/index.ts';
import type { Mail } from '../transport/index.ts';
import type { MailBody } from './blocks.ts';
import { renderHtml } from './html.tsx';
import type { MailLanguage } from './language.ts';
import { oneLine } from './one-line.ts';
import { renderText } from './text.ts';

export interface MailSettings {
  /** Public address of this service, without a slash at the end. */
  baseUrl: string;
  /** The address that mails are sent from; its domain is also that of the Message-ID. */
  mailFrom: string;
  /** Where undeliverable mail comes back to. */
  bounceAddress?: string | undefined;
}

/** A body in its two forms. */
export interface RenderedBody {
  language: MailLanguage;
  subject: string;
  text: string;
  html: string;
  /** The same as a text message, for a recipient with a phone number. */
  shortText?: string;
  /** The same as a letter, for a recipient with a postal address. */
  letter?: NonNullable<Mail['letter']>;
}

export function renderBody(body: MailBody): RenderedBody {
  const { language, subject } = body;
  return { language, subject: oneLine(subject), text: renderText(body), html: renderHtml(body) };
}

interface Envelope {
  to: string;
  municipality: Municipality;
  /** What makes the Message-ID: the same key, the same mail. It says nothing about the person or the contact. */
  messageKey: string;
  /** One-click opt-out (RFC 8058), for mail that can be stopped. */
  optOutUrl?: string;
}

/**
 * A body with its headers. `Auto-Submitted` keeps out-of-office replies away (RFC 3834). There is nothing that
 * tells us whether the mail was opened or which link was followed, other than the answer itself.
 */
export function mailOf(settings: MailSettings, body: RenderedBody, envelope: Envelope): Mail {
  const { to, municipality, messageKey, optOutUrl } = envelope;
  return {
    messageId: `${messageKey}@${settings.mailFrom.slice(settings.mailFrom.lastIndexOf('@') + 1)}`,
    from: { name: oneLine(municipality.senderName), address: settings.mailFrom },
    replyTo: municipality.contact.email,
    ...(settings.bounceAddress && { returnPath: returnPath(settings.bounceAddress, messageKey) }),
    to,
    subject: body.subject,
    text: body.text,
    html: body.html,
    ...(body.shortText !== undefined && { shortText: body.shortText }),
    ...(body.letter && { letter: body.letter }),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': body.language,
      ...(optOutUrl
        ? {
            'List-Unsubscribe': `<${optOutUrl}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }
        : {}),
    },
  };
}

/** An address of its own for each mail (VERP), so that also a report that returns nothing of the mail tells which it was. */
function returnPath(bounceAddress: string, messageKey: string): string {
  const at = bounceAddress.lastIndexOf('@');
  return `${bounceAddress.slice(0, at)}+${messageKey}${bounceAddress.slice(at)}`;
}
