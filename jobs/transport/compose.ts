import type { SendMailOptions } from 'nodemailer';
import type { Mail } from './transport.ts';

/**
 * A mail in nodemailer's words. Names and addresses go in as objects, so that none is ever parsed as a list.
 * @throws an error with code EENVELOPE for a recipient that is not one plain address: nodemailer would tidy it up
 * and send to what is left.
 */
export function composeOptions(mail: Mail): SendMailOptions {
  if (!/^[^\s<>(),:;"\\@\p{Cc}]+@[^\s<>(),:;"\\@\p{Cc}]+$/u.test(mail.to)) {
    throw Object.assign(new Error('The recipient is not one plain address.'), { code: 'EENVELOPE' });
  }
  return {
    messageId: `<${mail.messageId}>`,
    from: mail.from,
    ...(mail.replyTo ? { replyTo: { name: '', address: mail.replyTo } } : {}),
    to: { name: '', address: mail.to },
    envelope: { from: mail.returnPath ?? mail.from.address, to: [mail.to] },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: { ...mail.headers },
    xMailer: false,
  };
}
