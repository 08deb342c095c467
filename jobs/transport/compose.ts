import type { SendMailOptions } from 'nodemailer';
import type { Mail } from './transport.ts';

/** A mail in nodemailer's words. Names and addresses go in as objects, so that none is ever parsed as a list. */
export function composeOptions(mail: Mail): SendMailOptions {
  return {
    messageId: `<${mail.messageId}>`,
    from: mail.from,
    ...(mail.replyTo ? { replyTo: { name: '', address: mail.replyTo } } : {}),
    to: { name: '', address: mail.to },
    envelope: { from: mail.from.address, to: [mail.to] },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: { ...mail.headers },
    xMailer: false,
  };
}
