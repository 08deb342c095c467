import type { Config } from './config.ts';
import type { Service } from './start.ts';

/** What start-up tells a person: where the service is, how to sign in the first time, where its mails are. */
export function whereToGo({ url, signInLink }: Service, { smtpUrl, production }: Config): string[] {
  const lines = [`Golden Ear is at ${url}`];
  if (signInLink) lines.push(`First sign-in, once: ${signInLink}`);
  if (!smtpUrl && !production) lines.push(`Mails are kept in the outbox: ${url}/outbox`);
  return lines;
}
