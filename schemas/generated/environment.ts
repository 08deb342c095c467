/* Made from schemas/environment.schema.json by "npm run generate". Do not edit. */

/**
 * The settings of a process, as environment variables. A description completes the sentence "NAME must be …".
 */
export interface Environment {
  /**
   * production, development or test
   */
  NODE_ENV?: 'production' | 'development' | 'test';
  /**
   * a port number from 0 (any free port) to 65535
   */
  PORT?: string;
  /**
   * a host name or network address to listen on
   */
  HOST?: string;
  /**
   * the public http(s) address of this service, without a slash at the end
   */
  BASE_URL?: string;
  /**
   * a directory for the data of this installation
   */
  DATA_DIR?: string;
  /**
   * a mongodb:// or mongodb+srv:// address
   */
  MONGODB_URI?: string;
  /**
   * a redis:// or rediss:// address
   */
  REDIS_URL?: string;
  /**
   * at most 64 letters, digits, dots, hyphens or underscores
   */
  QUEUE_PREFIX?: string;
  /**
   * the number of mails that a process has under way at once, from 1 to 500
   */
  MAIL_CONCURRENCY?: string;
  /**
   * the most mails a second over all processes, from 0.001 to 9999
   */
  MAIL_RATE?: string;
  /**
   * the number of connections that a process keeps to the mail server, from 1 to 100
   */
  SMTP_CONNECTIONS?: string;
  /**
   * an smtp:// or smtps:// address
   */
  SMTP_URL?: string;
  /**
   * the e-mail address that mails are sent from
   */
  MAIL_FROM?: string;
  /**
   * an e-mail address without a plus sign, to which undeliverable mail comes back
   */
  BOUNCE_ADDRESS?: string;
  /**
   * an imaps://user:password@host/folder address, user and password percent-encoded
   */
  BOUNCE_IMAP_URL?: string;
  /**
   * at least 32 characters, random and kept secret
   */
  SECRET_KEY?: string;
  /**
   * the address of the OpenID provider (https in production)
   */
  OIDC_ISSUER?: string;
  /**
   * the client id at the OpenID provider
   */
  OIDC_CLIENT_ID?: string;
  /**
   * the client secret at the OpenID provider
   */
  OIDC_CLIENT_SECRET?: string;
  /**
   * the name of the claim that holds roles, or a JSON pointer to it, such as /realm_access/roles
   */
  OIDC_ROLES_CLAIM?: string;
  /**
   * a list THEIRS=OURS,… of the provider's role names and coordinator, analyst, programme-manager, privacy-officer or administrator
   */
  OIDC_ROLES?: string;
  /**
   * the name of the claim that holds departments, or a JSON pointer to it
   */
  OIDC_DEPARTMENTS_CLAIM?: string;
  /**
   * a list THEIRS=OURS,… of the provider's names and our keys of departments
   */
  OIDC_DEPARTMENTS?: string;
  /**
   * a list A,B,… of authentication contexts (acr) of the OpenID provider, the preferred one first
   */
  OIDC_ACR_VALUES?: string;
  /**
   * a list A,B,… of authentication methods (amr) of the OpenID provider, such as mfa
   */
  OIDC_AMR_VALUES?: string;
  /**
   * the minutes since somebody signed in at the OpenID provider, from 1 to 1440
   */
  OIDC_MAX_AGE_MINUTES?: string;
  /**
   * the minutes after which an unused session ends, from 5 to 720
   */
  SESSION_IDLE_MINUTES?: string;
  /**
   * the hours after which a session ends, from 1 to 24
   */
  SESSION_HOURS?: string;
  /**
   * a port number from 0 (any free port) to 65535
   */
  WORKER_PORT?: string;
  /**
   * the number of proxies in front (1 to 9), or a list of their addresses or networks, such as 10.0.0.0/8,loopback
   */
  TRUST_PROXY?: string;
  /**
   * a list such as visitor=1200,key=1200,link=60,sharedLink=300,sharedAnswers=20,guess=60,signIn=60 with numbers from 1 to 9999999
   */
  RATE_LIMITS?: string;
  /**
   * the address of the API of NotifyNL, without a slash at the end (https in production)
   */
  NOTIFY_URL?: string;
  /**
   * an API key as NotifyNL gives it: a name, the id of the service and the secret
   */
  NOTIFY_API_KEY?: string;
  /**
   * the id of an e-mail template of NotifyNL
   */
  NOTIFY_EMAIL_TEMPLATE?: string;
  /**
   * the id of a text message template of NotifyNL
   */
  NOTIFY_SMS_TEMPLATE?: string;
  /**
   * the id of a letter template of NotifyNL
   */
  NOTIFY_LETTER_TEMPLATE?: string;
  /**
   * the address of the klantinteracties API of Open Klant, such as https://openklant.example/klantinteracties/api/v1, without a slash at the end (https in production)
   */
  OPEN_KLANT_URL?: string;
  /**
   * the token for Open Klant, without spaces
   */
  OPEN_KLANT_TOKEN?: string;
  /**
   * a list THEIRS=OURS,… of what kanaal says in Open Klant and our keys of channels
   */
  OPEN_KLANT_CHANNELS?: string;
  /**
   * a list THEIRS=OURS,… of names of organisational units in Open Klant and our keys of departments
   */
  OPEN_KLANT_DEPARTMENTS?: string;
  /**
   * at least 16 characters without spaces
   */
  METRICS_TOKEN?: string;
  /**
   * a number of seconds from 0 to 20
   */
  DRAIN_SECONDS?: string;
  /**
   * fatal, error, warn, info, debug or silent
   */
  LOG_LEVEL?: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
}
