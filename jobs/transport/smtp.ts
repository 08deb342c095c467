import nodemailer from 'nodemailer';
import { composeOptions } from './compose.ts';
import { type SmtpFault, smtpOutcome } from './smtp-outcome.ts';
import type { Transport } from './transport.ts';

export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  url: string;
  connections?: number;
  timeouts?: Partial<typeof defaultTimeouts>;
}

/**
 * Milliseconds of silence that we allow. RFC 5321 (4.5.3.2) asks for minutes, because giving up on a server that
 * has the whole mail and is about to say 250 means sending it twice; the servers that we hand mail to are relays.
 */
const defaultTimeouts = { connect: 15_000, greeting: 30_000, silence: 120_000 };

/**
 * Hands mail to an SMTP server over connections that are kept. nodemailer's own requeueing is off, so that there
 * is one place where retries are counted, and a mail that the server may have taken is never sent again unseen.
 */
export function smtpTransport({ url, connections = 8, timeouts = {} }: SmtpOptions): Transport {
  const { connect, greeting, silence } = { ...defaultTimeouts, ...timeouts };
  const mailer = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: connections,
    maxMessages: 500,
    maxRequeues: 0,
    idleTimeout: 20_000,
    connectionTimeout: connect,
    greetingTimeout: greeting,
    socketTimeout: silence,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail, signal) {
      if (signal?.aborted) return { kind: 'retry', reason: 'EABORT' };
      try {
        await mailer.sendMail({ ...composeOptions(mail), ...(signal ? { signal } : {}) });
        return { kind: 'accepted' };
      } catch (error) {
        return smtpOutcome(smtpFault(error));
      }
    },
    async close() {
      mailer.close();
    },
  };
}

/** Connects and signs in, sends nothing. Rejects when the server can't be reached or will not have us. */
export async function checkSmtp(url: string): Promise<void> {
  const mailer = nodemailer.createTransport({ url, connectionTimeout: 5_000, greetingTimeout: 5_000 });
  try {
    await mailer.verify();
  } finally {
    mailer.close();
  }
}

function smtpFault(error: unknown): SmtpFault {
  if (!(error instanceof Error)) return {};
  const field = (name: string): unknown => Reflect.get(error, name);
  const text = (name: string) => {
    const value = field(name);
    return typeof value === 'string' ? value : undefined;
  };
  const responseCode = field('responseCode');
  return {
    code: text('code'),
    command: text('command'),
    response: text('response'),
    responseCode: typeof responseCode === 'number' ? responseCode : undefined,
  };
}
