import { join } from 'node:path';
import { type NotifySettings, notifyTransport } from './notify-nl.ts';
import { outboxTransport } from './outbox.ts';
import { smtpTransport } from './smtp.ts';
import type { Transport } from './transport.ts';

export { eraseOutbox } from './erase-outbox.ts';
export { eraseOutboxOf } from './erase-outbox-of.ts';
export type { NotifySettings } from './notify-nl.ts';
export { type OutboxMail, readOutbox, readOutboxMail } from './read-outbox.ts';
export { checkSmtp } from './smtp.ts';
export type { Mail, Outcome, Transport } from './transport.ts';

/** Where the local outbox lies. */
export function outboxDirectory(dataDir: string): string {
  return join(dataDir, 'outbox');
}

/** NotifyNL where it is set, otherwise SMTP, otherwise the local outbox under the data directory. */
export function openTransport({
  smtpUrl,
  smtpConnections: connections = 8,
  dataDir,
  notify,
}: {
  smtpUrl: string | undefined;
  smtpConnections?: number;
  dataDir: string;
  notify?: NotifySettings | undefined;
}): Transport {
  if (notify) return notifyTransport(notify);
  return smtpUrl ? smtpTransport({ url: smtpUrl, connections }) : outboxTransport(outboxDirectory(dataDir));
}
