import { expect } from 'chai';
import { type SmtpFault, smtpOutcome } from '../../../jobs/transport/smtp-outcome.ts';

const rcpt = (response: string): SmtpFault => fault('RCPT TO', response);
const data = (response: string): SmtpFault => fault('DATA', response);

function fault(command: string, response: string): SmtpFault {
  return { code: 'EENVELOPE', command, response, responseCode: Number(response.slice(0, 3)) };
}

const cases: [string, SmtpFault, string][] = [
  ['an unknown mailbox', rcpt('550 5.1.1 No such user'), 'bounced'],
  ['an unknown mailbox, by the reply code alone', rcpt('550 No such user'), 'bounced'],
  ['a domain that takes no mail (RFC 7505)', rcpt('556 5.1.10 Null MX'), 'bounced'],
  ['a domain that is not there', rcpt('550 5.1.2 Host not found'), 'bounced'],
  ['a disabled mailbox', rcpt('550 5.2.1 Disabled'), 'bounced'],
  ['an address in the wrong form', rcpt('501 5.1.3 Bad address syntax'), 'bounced'],
  ['an unknown recipient that is refused only after the data', data('550 5.1.1 No such user'), 'bounced'],
  ['greylisting', rcpt('450 4.7.1 Greylisted, try later'), 'retry'],
  ['a busy mailbox', rcpt('450 Mailbox busy'), 'retry'],
  ['a full mailbox', rcpt('552 5.2.2 Over quota'), 'retry'],
  ['552 without more, which clients must take as temporary', rcpt('552 Too many recipients'), 'retry'],
  ['a block list', rcpt('554 5.7.1 Blocked using a list'), 'retry'],
  ['a policy after the data', data('550 5.7.26 Unauthenticated mail'), 'retry'],
  ['a local error at the end of the data', data('451 4.3.0 Try again'), 'retry'],
  ['a wrong order of commands', data('503 5.5.1 Bad sequence'), 'retry'],
  ['a mail that is too large', data('552 5.3.4 Too big'), 'failed'],
  ['a mail that is too large, told at once', fault('MAIL FROM', '552 5.3.4 Too big'), 'failed'],
  ['content that is refused', data('554 Transaction failed'), 'failed'],
  ['our own sender address, told at the recipient', rcpt('550 5.1.8 Bad sender domain'), 'failed'],
  ['a server that shuts down', rcpt('421 4.3.2 Shutting down'), 'unavailable'],
  ['a sender that may not send here', fault('MAIL FROM', '550 5.7.1 Not yours'), 'unavailable'],
  ['a wrong password', { ...fault('AUTH PLAIN', '535 5.7.8 Bad credentials'), code: 'EAUTH' }, 'unavailable'],
  ['a greeting that refuses', fault('CONN', '554 No service'), 'unavailable'],
  ['a connection that broke', { code: 'ECONNECTION', command: 'CONN' }, 'unavailable'],
  ['a server that says nothing', { code: 'ETIMEDOUT', command: 'CONN' }, 'unavailable'],
  ['a name that is not found', { code: 'EDNS' }, 'unavailable'],
  ['garbage in place of a reply', { code: 'EPROTOCOL', command: 'CONN', response: 'hello?' }, 'unavailable'],
  [
    'garbage in place of a reply to DATA',
    { code: 'EENVELOPE', command: 'DATA', response: 'ceci' },
    'unavailable',
  ],
  ['an address that can not be put in a command', { code: 'EENVELOPE', command: 'API' }, 'failed'],
  ['an attempt that we broke off', { code: 'EABORT' }, 'retry'],
  ['something unheard of', {}, 'unavailable'],
];

describe('jobs/transport: what an SMTP fault means', () => {
  for (const [name, given, kind] of cases) {
    it(`${name}: ${kind}`, () => expect(smtpOutcome(given).kind).to.equal(kind));
  }

  it("gives codes as the reason and none of the server's words, which quote the address", () => {
    expect(smtpOutcome(rcpt('550 5.1.1 <jan@voorbeeld.nl> unknown'))).to.deep.equal({
      kind: 'bounced',
      reason: '550 5.1.1',
    });
  });
});
