import PostalMime, { type Email } from 'postal-mime';

/** What a delivery status notification (RFC 3464) says of one of our mails. Nothing in it names a person. */
export interface DeliveryReport {
  /** Message-ID of the returned mail, as it stands in the report; absent where the report does not hold it. */
  messageId?: string;
  /** What makes the envelope sender of each mail its own: the part after the `+` of the address that the report went to. */
  returnKey?: string;
  /** `failed`, `delayed`, `delivered`, `relayed` or `expanded`, in lower case. */
  action: string;
  /** Enhanced status code (RFC 3463): `5.1.1`. */
  status: string;
}

const originalTypes = /^(message\/(rfc822|global|rfc822-headers|global-headers)|text\/rfc822-headers)$/;
const addressed = ['delivered-to', 'x-original-to', 'to'];

/**
 * Reads a mail as a delivery report.
 * @returns undefined when it is none: an out-of-office reply, a person's mail, something unreadable
 */
export async function readDeliveryReport(raw: Uint8Array | string): Promise<DeliveryReport | undefined> {
  const mail = await parse(raw);
  const part = mail?.attachments.find(({ mimeType }) =>
    /^message\/(global-)?delivery-status$/.test(mimeType),
  );
  if (!mail || !part) return undefined;
  const fields = await statusFields(textOf(part.content));
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(
    fields.get('status') ?? fields.get('diagnostic-code') ?? '',
  );
  const action = fields.get('action')?.toLowerCase();
  if (!status || !action) return undefined;
  const messageId = await originalMessageId(mail);
  const returnKey = returnKeyOf(mail);
  return {
    ...(messageId && { messageId }),
    ...(returnKey && { returnKey }),
    action,
    status: status[0],
  };
}

/** The fields of the first recipient that is told about; each of our mails has one. Blocks are headers (RFC 3464, 2.1). */
async function statusFields(text: string): Promise<Map<string, string>> {
  for (const block of text.split(/\r?\n[ \t]*\r?\n/)) {
    const headers = (await parse(`${block.trim()}\r\n\r\n`))?.headers ?? [];
    const fields = new Map(headers.map(({ key, value }) => [key, value.trim()]));
    if (fields.has('action')) return fields;
  }
  return new Map();
}

async function originalMessageId({ attachments }: Email): Promise<string | undefined> {
  const part = attachments.find(({ mimeType }) => originalTypes.test(mimeType));
  const original = part && (await parse(`${textOf(part.content)}\r\n\r\n`));
  return original?.messageId;
}

function returnKeyOf({ headers }: Email): string | undefined {
  for (const name of addressed) {
    for (const { key, value } of headers) {
      const found = key === name ? /\+([0-9a-f]{32})@/i.exec(value)?.[1] : undefined;
      if (found) return found.toLowerCase();
    }
  }
  return undefined;
}

async function parse(raw: Uint8Array | string): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(raw);
  } catch {
    return undefined;
  }
}

function textOf(content: string | ArrayBuffer | Uint8Array): string {
  return typeof content === 'string' ? content : Buffer.from(content as Uint8Array).toString('latin1');
}
