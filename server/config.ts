import { resolve } from 'node:path';
import type { OpenKlantSettings } from '../jobs/open-klant/index.ts';
import type { NotifySettings } from '../jobs/transport/notify-nl.ts';
import schema from '../schemas/environment.schema.json' with { type: 'json' };
import type { Environment } from '../schemas/generated/environment.ts';
import { type Fault, validator } from '../schemas/validate.ts';
import type { Role } from './auth/permissions.ts';
import type { RateLimitName } from './protection/rate-limit-defaults.ts';
import { isTrustable } from './protection/trust-proxy.ts';

/** What a process is told from outside, checked. Addresses are without a slash at the end, paths absolute. */
export interface Config {
  production: boolean;
  host: string | undefined;
  port: number;
  baseUrl: string;
  dataDir: string;
  /** Unset: the embedded store in `dataDir`. */
  mongodbUri: string | undefined;
  /** Unset: jobs wait in the memory of the process that runs them. */
  redisUrl: string | undefined;
  /** Unset: one that follows from the secret key and the name of the database. */
  queuePrefix: string | undefined;
  /** Mails under way at once in this process. */
  mailConcurrency: number;
  /** Over all processes. Unset: as fast as the mail server takes them. */
  mailsPerSecond: number | undefined;
  /** Kept to the mail server by this process. */
  smtpConnections: number;
  /** Unset: mails go to the local outbox in `dataDir`. */
  smtpUrl: string | undefined;
  /** Mails go by NotifyNL, whatever the mail server; invitations as text messages too where it has a template for them. */
  notify: NotifySettings | undefined;
  mailFrom: string;
  /** Where undeliverable mail comes back to, with a part of its own for each mail. Unset: `mailFrom`. */
  bounceAddress: string | undefined;
  /** The mailbox of undeliverable mail. Unset: nobody looks. */
  bounceImapUrl: string | undefined;
  /** Unset: made once and kept in `dataDir`. */
  secretKey: string | undefined;
  logLevel: string;
  /** Unset: staff sign in by links that are mailed to them. */
  oidc: OidcSettings | undefined;
  session: SessionLimits;
  /** Whose word counts on where a request comes from: a number of proxies, or their networks. Unset: nobody's. */
  trustProxy: number | string[] | undefined;
  /** Limits that differ from the default. */
  rateLimits: Readonly<Partial<Record<RateLimitName, number>>>;
  /** Unset: no metrics are shown. */
  metricsToken: string | undefined;
  /** Where a worker tells of its health and its metrics. Unset: nowhere. */
  workerPort: number | undefined;
  /** Where klantcontacten are fetched of which notifications come. Unset: nowhere. */
  openKlant: OpenKlantSettings | undefined;
  /** Milliseconds in which requests are still taken after the signal to stop. */
  drainMs: number;
}

/** The identity provider of staff, and how its names become ours. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Name of the claim, or a JSON pointer to it. */
  rolesClaim: string;
  /** The provider's names and our roles; undefined: the provider uses ours. */
  roles: ReadonlyMap<string, Role> | undefined;
  departmentsClaim: string;
  /** The provider's names and our keys of departments; undefined: the provider uses ours. */
  departments: ReadonlyMap<string, string> | undefined;
  strength: RequiredStrength;
}

/** How people must have signed in at the identity provider. Empty lists and undefined: its own rules are enough. */
export interface RequiredStrength {
  /** One of these must be the `acr` of the ID token; the preferred one first. */
  acrValues: readonly string[];
  /** One of these must be among the `amr` of the ID token. */
  amrValues: readonly string[];
  /** They must have signed in at the provider within so many seconds. */
  maxAge: number | undefined;
}

/** When a session of a member of staff ends by itself. */
export interface SessionLimits {
  /** After so many minutes without a request. */
  idleMinutes: number;
  /** After so many hours, used or not. */
  hours: number;
}

/** The settings can't be used; one line for each fault. */
export class ConfigError extends Error {
  readonly lines: string[];

  constructor(lines: string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
    this.lines = lines;
  }
}

const check = validator<Environment>(schema);
const names = Object.keys(schema.properties) as (keyof typeof schema.properties)[];

/**
 * Reads the settings from environment variables. An empty variable counts as unset.
 * @throws ConfigError naming every bad or missing setting; values are not repeated, since some are secret.
 */
export function loadConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(names.map((name) => [name, variables[name]]).filter(([, value]) => value));
  const checked = check(given);
  if (!checked.ok) throw new ConfigError([...new Set(checked.faults.flatMap(lineOf))]);
  const env = checked.value;
  const trustProxy = env.TRUST_PROXY === undefined ? undefined : proxiesOf(env.TRUST_PROXY);
  if (!isTrustable(trustProxy))
    throw new ConfigError(lineOf({ pointer: '/TRUST_PROXY', code: 'format', detail: '' }));
  const port = Number(env.PORT ?? 3000);
  const production = env.NODE_ENV === 'production';
  return {
    production,
    host: env.HOST,
    port,
    baseUrl: env.BASE_URL ?? `http://localhost:${port}`,
    dataDir: resolve(env.DATA_DIR ?? './data'),
    mongodbUri: env.MONGODB_URI,
    redisUrl: env.REDIS_URL,
    queuePrefix: env.QUEUE_PREFIX,
    mailConcurrency: Number(env.MAIL_CONCURRENCY ?? 48),
    mailsPerSecond: env.MAIL_RATE === undefined ? undefined : Number(env.MAIL_RATE),
    smtpConnections: Number(env.SMTP_CONNECTIONS ?? 8),
    smtpUrl: env.SMTP_URL,
    notify: notifyOf(env),
    mailFrom: env.MAIL_FROM ?? 'no-reply@gemeente.example',
    bounceAddress: env.BOUNCE_ADDRESS,
    bounceImapUrl: env.BOUNCE_IMAP_URL,
    secretKey: env.SECRET_KEY,
    trustProxy,
    rateLimits: env.RATE_LIMITS === undefined ? {} : limitsOf(env.RATE_LIMITS),
    metricsToken: env.METRICS_TOKEN,
    workerPort: env.WORKER_PORT === undefined ? undefined : Number(env.WORKER_PORT),
    drainMs: 1_000 * Number(env.DRAIN_SECONDS ?? (production ? 2 : 0)),
    oidc: oidcOf(env),
    openKlant: openKlantOf(env),
    session: {
      idleMinutes: Number(env.SESSION_IDLE_MINUTES ?? 30),
      hours: Number(env.SESSION_HOURS ?? 12),
    },
    logLevel: env.LOG_LEVEL ?? (production ? 'info' : 'warn'),
  };
}

function oidcOf(env: Environment): OidcSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  return {
    issuer,
    clientId,
    clientSecret,
    rolesClaim: env.OIDC_ROLES_CLAIM ?? 'roles',
    roles: env.OIDC_ROLES === undefined ? undefined : (pairsOf(env.OIDC_ROLES) as Map<string, Role>),
    departmentsClaim: env.OIDC_DEPARTMENTS_CLAIM ?? 'departments',
    departments: env.OIDC_DEPARTMENTS === undefined ? undefined : pairsOf(env.OIDC_DEPARTMENTS),
    strength: {
      acrValues: env.OIDC_ACR_VALUES?.split(',') ?? [],
      amrValues: env.OIDC_AMR_VALUES?.split(',') ?? [],
      maxAge: env.OIDC_MAX_AGE_MINUTES === undefined ? undefined : 60 * Number(env.OIDC_MAX_AGE_MINUTES),
    },
  };
}

function notifyOf(env: Environment): NotifySettings | undefined {
  const { NOTIFY_URL: url, NOTIFY_API_KEY: apiKey, NOTIFY_EMAIL_TEMPLATE: emailTemplate } = env;
  if (url === undefined || apiKey === undefined || emailTemplate === undefined) return undefined;
  const { NOTIFY_SMS_TEMPLATE: smsTemplate, NOTIFY_LETTER_TEMPLATE: letterTemplate } = env;
  return { url, apiKey, emailTemplate, smsTemplate, letterTemplate };
}

function openKlantOf(env: Environment): OpenKlantSettings | undefined {
  const { OPEN_KLANT_URL: url, OPEN_KLANT_TOKEN: token } = env;
  if (url === undefined || token === undefined) return undefined;
  const { OPEN_KLANT_CHANNELS: channels, OPEN_KLANT_DEPARTMENTS: departments } = env;
  return {
    url,
    token,
    channels: channels === undefined ? new Map() : pairsOf(channels),
    departments: departments === undefined ? new Map() : pairsOf(departments),
  };
}

function proxiesOf(text: string): number | string[] {
  return /^[1-9]$/.test(text) ? Number(text) : text.split(',');
}

function limitsOf(text: string): Config['rateLimits'] {
  return Object.fromEntries([...pairsOf(text)].map(([name, most]) => [name, Number(most)]));
}

/** `A=a,B=b` as a map; its form was checked. */
function pairsOf(text: string): Map<string, string> {
  return new Map(
    text.split(',').map((pair) => pair.split('=').map((side) => side.trim()) as [string, string]),
  );
}

function lineOf({ pointer, code }: Fault): string[] {
  const name = names.find((one) => pointer === `/${one}`);
  if (!name) return [];
  if (code === 'required') return [`${name} is required in production.`];
  return [`${name} must be ${schema.properties[name].description}.`];
}
