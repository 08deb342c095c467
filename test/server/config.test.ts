import { expect } from 'chai';
import { ConfigError, loadConfig } from '../../server/config.ts';

const secret = 'a-secret-of-at-least-32-characters';

describe('The settings of a process', () => {
  it('have a default each, so that a newcomer sets nothing', () => {
    expect(loadConfig({})).to.deep.include({
      production: false,
      port: 3000,
      baseUrl: 'http://localhost:3000',
      dataDir: `${process.cwd()}/data`,
      mongodbUri: undefined,
      smtpUrl: undefined,
      secretKey: undefined,
      logLevel: 'warn',
    });
  });

  it('follow the port where no address is given, and count an empty variable as unset', () => {
    expect(loadConfig({ PORT: '8080', BASE_URL: '' }).baseUrl).to.equal('http://localhost:8080');
  });

  it('leave alone what is not theirs', () => {
    expect(() => loadConfig({ PATH: '/usr/bin', HOME: '/root' })).not.to.throw();
  });

  it('name every fault at once, and repeat no value', () => {
    const faulty = {
      NODE_ENV: 'production',
      PORT: '65536',
      BASE_URL: 'https://oor.gemeente.example/',
      MONGODB_URI: 'postgres://user:hunter2@host',
      SMTP_URL: 'mail.example',
      MAIL_FROM: 'nobody',
      LOG_LEVEL: 'loud',
    };
    const error = thrownBy(() => loadConfig(faulty));
    expect(error.lines.map((line) => line.split(' ')[0])).to.have.members([
      ...Object.keys(faulty).filter((name) => name !== 'NODE_ENV'),
      'SECRET_KEY',
    ]);
    expect(error.message).not.to.include('hunter2');
  });

  it('require a secret key in production, and one that is long enough anywhere', () => {
    expect(thrownBy(() => loadConfig({ NODE_ENV: 'production' })).lines).to.deep.equal([
      'SECRET_KEY is required in production.',
    ]);
    expect(thrownBy(() => loadConfig({ SECRET_KEY: 'short' })).lines).to.have.length(1);
    expect(loadConfig({ NODE_ENV: 'production', SECRET_KEY: secret }).production).to.equal(true);
  });

  it('want NotifyNL whole: for text messages and letters its mail as well', () => {
    const id = 'f33517ff-2a88-4f6e-b855-c550268ce08a';
    const mail = {
      ...{ NOTIFY_URL: 'https://api.notify.example', NOTIFY_API_KEY: `luister-${id}-${id}` },
      NOTIFY_EMAIL_TEMPLATE: id,
    };
    expect(loadConfig(mail).notify).to.include({ emailTemplate: id, smsTemplate: undefined });
    expect(loadConfig({ ...mail, NOTIFY_SMS_TEMPLATE: id }).notify?.smsTemplate).to.equal(id);
    expect(loadConfig({ ...mail, NOTIFY_LETTER_TEMPLATE: id }).notify?.letterTemplate).to.equal(id);
    expect(thrownBy(() => loadConfig({ NOTIFY_SMS_TEMPLATE: id })).lines).to.have.length(3);
    expect(thrownBy(() => loadConfig({ NOTIFY_LETTER_TEMPLATE: id })).lines).to.have.length(3);
  });

  it('want the identity provider whole, over https in production, and its names mapped to ours', () => {
    const oidc = { OIDC_ISSUER: 'http://idp.example', OIDC_CLIENT_ID: 'ge', OIDC_CLIENT_SECRET: 'hush' };
    expect(loadConfig({}).oidc).to.equal(undefined);
    expect(thrownBy(() => loadConfig({ OIDC_ISSUER: 'https://idp.example' })).lines).to.have.length(2);
    expect(
      thrownBy(() => loadConfig({ ...oidc, NODE_ENV: 'production', SECRET_KEY: secret })).lines,
    ).to.deep.equal(['OIDC_ISSUER must be the address of the OpenID provider (https in production).']);
    expect(thrownBy(() => loadConfig({ ...oidc, OIDC_ROLES: 'admins=root' })).lines).to.have.length(1);
    const mapped = {
      ...oidc,
      OIDC_ROLES: 'GE Admins=administrator, 5f1e=analyst',
      OIDC_DEPARTMENTS: 'KCC=klantcontactcentrum',
    };
    expect(loadConfig(mapped).oidc).to.deep.include({
      rolesClaim: 'roles',
      roles: new Map([
        ['GE Admins', 'administrator'],
        ['5f1e', 'analyst'],
      ]),
      departments: new Map([['KCC', 'klantcontactcentrum']]),
    });
  });

  it('say how strong a sign-in at the provider must be; without them its own rules are enough', () => {
    const oidc = { OIDC_ISSUER: 'https://idp.example', OIDC_CLIENT_ID: 'ge', OIDC_CLIENT_SECRET: 'hush' };
    const none = { acrValues: [], amrValues: [], maxAge: undefined };
    expect(loadConfig(oidc).oidc?.strength).to.deep.equal(none);
    const strength = { OIDC_ACR_VALUES: 'gold,silver', OIDC_AMR_VALUES: 'mfa', OIDC_MAX_AGE_MINUTES: '60' };
    expect(loadConfig({ ...oidc, ...strength }).oidc?.strength).to.deep.equal({
      acrValues: ['gold', 'silver'],
      amrValues: ['mfa'],
      maxAge: 3_600,
    });
    expect(thrownBy(() => loadConfig(strength)).lines).to.deep.equal([
      'OIDC_ISSUER must be the address of the OpenID provider (https in production).',
    ]);
    for (const bad of [
      { OIDC_ACR_VALUES: 'gold silver' },
      { OIDC_AMR_VALUES: ',' },
      { OIDC_MAX_AGE_MINUTES: '0' },
      { OIDC_MAX_AGE_MINUTES: '1441' },
    ])
      expect(thrownBy(() => loadConfig({ ...oidc, ...bad })).lines, JSON.stringify(bad)).to.have.length(1);
  });

  it('end sessions after half an hour unused and after twelve hours, unless told otherwise', () => {
    expect(loadConfig({}).session).to.deep.equal({ idleMinutes: 30, hours: 12 });
    const set = loadConfig({ SESSION_IDLE_MINUTES: '15', SESSION_HOURS: '8' });
    expect(set.session).to.deep.equal({ idleMinutes: 15, hours: 8 });
    for (const bad of [
      { SESSION_IDLE_MINUTES: '0' },
      { SESSION_IDLE_MINUTES: '721' },
      { SESSION_HOURS: '25' },
    ])
      expect(thrownBy(() => loadConfig(bad)).lines).to.have.length(1);
  });

  it('say where jobs wait, how fast mail goes and over how many connections', () => {
    expect(loadConfig({})).to.include({ redisUrl: undefined, mailsPerSecond: undefined, smtpConnections: 8 });
    const set = { REDIS_URL: 'rediss://:pass@redis/3', MAIL_RATE: '0.5', SMTP_CONNECTIONS: '2' };
    expect(loadConfig(set)).to.include({
      redisUrl: 'rediss://:pass@redis/3',
      mailsPerSecond: 0.5,
      smtpConnections: 2,
    });
    for (const bad of [{ MAIL_RATE: '0' }, { MAIL_CONCURRENCY: '501' }, { QUEUE_PREFIX: 'a b' }])
      expect(thrownBy(() => loadConfig(bad)).lines).to.have.length(1);
  });

  for (const [port, fine] of [
    ['0', true],
    ['1', true],
    ['65535', true],
    ['65536', false],
    ['-1', false],
    ['080', false],
    ['3000.5', false],
    ['http', false],
  ] as const) {
    it(`${fine ? 'take' : 'refuse'} PORT=${port}`, () => {
      const load = () => loadConfig({ PORT: port });
      if (fine) expect(load).not.to.throw();
      else expect(load).to.throw(ConfigError, 'PORT must be');
    });
  }
});

function thrownBy(act: () => unknown): ConfigError {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown');
}
