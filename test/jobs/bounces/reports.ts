/**
 * Mails as they come back, in the forms that common mail servers give them. `messageId` is that of the returned mail,
 * without angle brackets.
 */
export interface Returned {
  messageId: string;
  status?: string;
  action?: string;
  /** Where the report goes: the envelope sender of the returned mail. */
  to?: string;
}

const crlf = (text: string) => text.replaceAll('\n', '\r\n');

/** Postfix: a notification, the report, and the whole mail. */
export function postfixReport({
  messageId,
  status = '5.1.1',
  action = 'failed',
  to = 'vraag@luister.example',
}: Returned) {
  return crlf(`Return-Path: <>
Delivered-To: ${to}
Received: by mx.provider.example (Postfix)
	id 4F1CA2B3C4; Tue, 10 Mar 2026 10:00:02 +0100 (CET)
Date: Tue, 10 Mar 2026 10:00:02 +0100 (CET)
From: MAILER-DAEMON@mx.provider.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: ${to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="9A8B7C6D5E.1773133202/mx.provider.example"
Message-Id: <20260310090002.4F1CA2B3C4@mx.provider.example>

This is a MIME-encapsulated message.

--9A8B7C6D5E.1773133202/mx.provider.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.provider.example.

<noor.jansen@inwoners.example>: host mail.inwoners.example[192.0.2.25] said: 550
    ${status} <noor.jansen@inwoners.example>: Recipient address rejected (in reply
    to RCPT TO command)

--9A8B7C6D5E.1773133202/mx.provider.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.provider.example
X-Postfix-Queue-ID: 9A8B7C6D5E
X-Postfix-Sender: rfc822; ${to}
Arrival-Date: Tue, 10 Mar 2026 10:00:00 +0100 (CET)

Final-Recipient: rfc822; noor.jansen@inwoners.example
Original-Recipient: rfc822;noor.jansen@inwoners.example
Action: ${action}
Status: ${status}
Remote-MTA: dns; mail.inwoners.example
Diagnostic-Code: smtp; 550 ${status} <noor.jansen@inwoners.example>: Recipient
    address rejected

--9A8B7C6D5E.1773133202/mx.provider.example
Content-Description: Undelivered Message
Content-Type: message/rfc822

Return-Path: <${to}>
From: Gemeente Voorbeeld <vraag@luister.example>
To: noor.jansen@inwoners.example
Subject: Hoe ging uw contact met Gemeente Voorbeeld?
Message-ID: <${messageId}>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

U had kort geleden contact met ons.

--9A8B7C6D5E.1773133202/mx.provider.example--
`);
}

/** Exchange: HTML in front, the status of one recipient, and only the headers of the mail. */
export function exchangeReport({
  messageId,
  status = '5.1.10',
  action = 'failed',
  to = 'vraag@luister.example',
}: Returned) {
  return crlf(`From: <postmaster@inwoners.example>
To: <${to}>
Date: Tue, 10 Mar 2026 09:00:05 +0000
Content-Type: multipart/report; report-type=delivery-status;
	boundary="71c9-4b7d-8d5f_inwoners.example"
Content-Language: nl-NL
Message-ID: <8f2d-44a0@inwoners.example>
In-Reply-To: <${messageId}>
References: <${messageId}>
Subject: Onbestelbaar: Hoe ging uw contact met Gemeente Voorbeeld?
Auto-Submitted: auto-replied
MIME-Version: 1.0

--71c9-4b7d-8d5f_inwoners.example
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

PGh0bWw+PGJvZHk+VXcgYmVyaWNodCBrb24gbmlldCB3b3JkZW4gYmVzdGVsZC48L2JvZHk+PC9odG1sPg==

--71c9-4b7d-8d5f_inwoners.example
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR01.eurprd01.example
Received-From-MTA: dns;mail.luister.example
Arrival-Date: Tue, 10 Mar 2026 09:00:04 +0000

Final-Recipient: rfc822;noor.jansen@inwoners.example
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp;550 ${status} RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup
X-Display-Name: noor.jansen@inwoners.example

--71c9-4b7d-8d5f_inwoners.example
Content-Type: text/rfc822-headers

Received: from mail.luister.example (192.0.2.1) by
 AM0PR01.eurprd01.example with SMTP; Tue, 10 Mar 2026 09:00:04 +0000
From: Gemeente Voorbeeld <vraag@luister.example>
To: <noor.jansen@inwoners.example>
Subject: =?utf-8?Q?Hoe_ging_uw_contact_met_Gemeente_Voorbeeld=3F?=
Message-ID:
 <${messageId}>
Date: Tue, 10 Mar 2026 09:00:00 +0000

--71c9-4b7d-8d5f_inwoners.example--
`);
}

/** A server that returns nothing of the mail: only the address that the report went to tells which it was. */
export function bareReport({
  status = '5.0.0',
  action = 'failed',
  to = 'vraag@luister.example',
}: Omit<Returned, 'messageId'>) {
  return crlf(`From: Mail Delivery Subsystem <MAILER-DAEMON@oud.example>
To: ${to}
Subject: Returned mail: see transcript for details
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="22ABC.1773133202/oud.example"

--22ABC.1773133202/oud.example

The following addresses had permanent fatal errors

--22ABC.1773133202/oud.example
Content-Type: message/delivery-status

Reporting-MTA: dns; oud.example

Final-Recipient: RFC822; noor.jansen@inwoners.example
Action: ${action.toUpperCase()}
Status: ${status} (permanent failure)

--22ABC.1773133202/oud.example--
`);
}

/** A person's mail program that answers by itself. */
export const outOfOffice = crlf(`From: Noor Jansen <noor.jansen@inwoners.example>
To: vraag@luister.example
Subject: Afwezig: Hoe ging uw contact met Gemeente Voorbeeld?
Auto-Submitted: auto-replied
Message-ID: <afwezig@inwoners.example>
Content-Type: text/plain; charset=utf-8

Ik ben er volgende week weer.
`);
