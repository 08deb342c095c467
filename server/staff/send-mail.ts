import { type MailLanguage, signInMail, welcomeMail } from '../../jobs/mail/index.ts';
import { type Mail, type Outcome, openTransport } from '../../jobs/transport/index.ts';
import type { Context } from '../../surveys/context.ts';
import { getMunicipality } from '../../surveys/municipality/index.ts';
import type { Config } from '../config.ts';
import { findInvited, mayEnter } from './people.ts';
import { createMailedLink, mailedLinkMinutes } from './sign-in-links.ts';

interface Asked {
  /** As typed. */
  address: string;
  language: MailLanguage;
  /** The page to open after signing in. */
  to: string;
}

/** Mails a link to who was invited under this address. To anybody else, and to who asks too often, nothing goes. */
export async function mailSignInLink(
  ctx: Context,
  config: Config,
  { address, language, to }: Asked,
): Promise<void> {
  const person = await findInvited(ctx, address);
  if (person?.email === undefined || !mayEnter(person, config.oidc)) return;
  const link = await createMailedLink(ctx, config.baseUrl, person);
  if (link === undefined) return;
  const municipality = await getMunicipality();
  const url = `${link}?${new URLSearchParams({ lang: language, to })}`;
  const minutes = mailedLinkMinutes;
  const outcome = await send(
    config,
    signInMail(config, { to: person.email, municipality, language, url, minutes }),
  );
  if (outcome.kind !== 'accepted') ctx.log.error({ outcome }, 'A sign-in link could not be mailed.');
}

/** Tells somebody that they were invited. */
export async function mailWelcome(
  config: Config,
  { email, language }: { email: string; language: MailLanguage },
): Promise<Outcome> {
  const municipality = await getMunicipality();
  const url = `${config.baseUrl}/sign-in?lang=${language}`;
  return send(config, welcomeMail(config, { to: email, municipality, language, url }));
}

async function send(config: Config, mail: Mail): Promise<Outcome> {
  const transport = openTransport(config);
  try {
    return await transport.send(mail);
  } finally {
    await transport.close();
  }
}
