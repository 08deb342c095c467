import type { Outcome } from './transport.ts';

/** The parts of nodemailer's error that decide; all of them may be missing. */
export interface SmtpFault {
  code?: string | undefined;
  command?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
}

/** Enhanced status codes (RFC 3463, RFC 7505) that say of a recipient: this address is not there. */
const addressGone = new Set(['1.0', '1.1', '1.2', '1.3', '1.6', '1.10', '2.1', '4.1', '4.4']);
/** That say: the mail itself will not do (too large, a form the other side can not take, our own sender address). */
const mailUnfit = new Set(['1.7', '1.8', '2.3', '3.4', '6.0', '6.1', '6.2', '6.3', '6.5', '6.6', '6.7']);
/** Reply codes to RCPT that mean a bad address when no enhanced code says better (RFC 5321, 4.2.3). */
const addressReplies = new Set([501, 510, 511, 550, 551, 553]);
/** Replies that speak of the moment, though they begin with 5: wrong order, or 552, which RFC 5321 (4.5.3.1.10) tells clients to take as temporary. */
const momentary = new Set([500, 502, 503, 552]);

/**
 * What a failed SMTP conversation means for the mail.
 *
 * A permanent refusal counts against the address only where the server names the address: by its enhanced code,
 * or by a bare 55x to RCPT. Policy refusals (5.7.x: block lists, rate limits, authentication of the sender) say
 * something about us and often pass, so the mail is tried again; the number of attempts bounds that.
 */
export function smtpOutcome(fault: SmtpFault): Outcome {
  const { code = 'EUNKNOWN', command = '', responseCode } = fault;
  if (code === 'EABORT') return { kind: 'retry', reason: code };
  if (responseCode === undefined) return withoutReply(code, fault.response);
  const enhanced = enhancedCode(fault.response);
  const reason = enhanced ? `${responseCode} ${responseCode >= 500 ? 5 : 4}.${enhanced}` : `${responseCode}`;

  if (responseCode === 421 || !aboutTheMail(command, enhanced)) return { kind: 'unavailable', reason };
  if (responseCode < 500) return { kind: 'retry', reason };
  if (enhanced) {
    if (addressGone.has(enhanced)) return { kind: 'bounced', reason };
    if (mailUnfit.has(enhanced)) return { kind: 'failed', reason };
    if (/^[27]\.|^[34]\./.test(enhanced)) return { kind: 'retry', reason };
  }
  if (momentary.has(responseCode)) return { kind: 'retry', reason };
  if (command === 'RCPT TO' && addressReplies.has(responseCode)) return { kind: 'bounced', reason };
  return { kind: 'failed', reason };
}

/**
 * Without a reply code: nodemailer itself refused the mail (a malformed address), the connection broke, or what the
 * server said is no SMTP.
 */
function withoutReply(code: string, garbage: string | undefined): Outcome {
  const unsendable = garbage === undefined && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return { kind: unsendable ? 'failed' : 'unavailable', reason: code };
}

/**
 * Greeting, EHLO, STARTTLS, AUTH and MAIL FROM are the same for every mail, so a refusal there is about our
 * access, except where MAIL FROM is refused for the size of the mail.
 */
function aboutTheMail(command: string, enhanced: string | undefined): boolean {
  return command === 'RCPT TO' || command === 'DATA' || enhanced === '2.3' || enhanced === '3.4';
}

/** Subject and detail of an enhanced status code: `1.1` of `550 5.1.1 No such user`. */
function enhancedCode(response: string | undefined): string | undefined {
  return /^\d{3}[ -][245]\.(\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1];
}
