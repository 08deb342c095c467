/** A mail as the transports take it: everything said, nothing encoded. */
export interface Mail {
  /** Without angle brackets. The same for every attempt at the same mail. */
  messageId: string;
  from: { name: string; address: string };
  replyTo?: string;
  /** The envelope sender, to which the mail comes back when it can't be delivered. Absent: `from`. */
  returnPath?: string;
  /**
   * An e-mail address; a phone number in E.164, to which `shortText` goes instead of all else; or the lines of a postal
   * address, to which `letter` goes with the subject.
   */
  to: string;
  subject: string;
  text: string;
  /** A text message. Present where `to` is a phone number. */
  shortText?: string;
  /** Paragraphs with an empty line between, and the page that the QR code leads to. Present where `to` is a postal address. */
  letter?: { text: string; url: string };
  html: string;
  headers: Readonly<Record<string, string>>;
}

/**
 * What became of one attempt. `reason` is a reply code or an error code, never the server's words: those quote
 * the address.
 *
 * - `accepted`: the server took responsibility (250), or the file is on disk.
 * - `retry`: this mail was refused for now.
 * - `unavailable`: the server or our access to it fails, whatever the mail; others will fare no better now.
 * - `bounced`: this address does not exist or takes no mail; it is not tried again.
 * - `failed`: this mail will never be accepted, and it is not the address's fault.
 */
export type Outcome =
  | { kind: 'accepted' }
  | { kind: 'retry' | 'unavailable' | 'bounced' | 'failed'; reason: string };

export interface Transport {
  /** Never rejects. An aborted attempt ends as `retry`. */
  send(mail: Mail, signal?: AbortSignal): Promise<Outcome>;
  /** Closes connections. Attempts still under way end as `retry`. */
  close(): Promise<void>;
}
