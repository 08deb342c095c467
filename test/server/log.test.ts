import { expect } from 'chai';
import { createLogger } from '../../server/log.ts';

/** Things that must never be in a log, in the forms in which they come along. */
const canaries = {
  address: 'iemand.anders@inwoners.example',
  phone: '06-12345678',
  international: '+31 6 1234 5678',
  bsn: '111222333',
  network: '203.0.113.9',
  network6: '2001:db8:0:0:0:0:0:9',
  token: 'Zx8kQ2mVb7Lr4TnYp6WcHd9sJf3GaEu1',
};

describe('The log', () => {
  const lines: string[] = [];
  const log = createLogger('debug', { write: (line: string) => lines.push(line) });
  beforeEach(() => lines.splice(0));
  const record = () => JSON.parse(lines.at(-1)!) as Record<string, unknown>;

  it('says of an error what it is and where it came from, and repeats no value that it met', () => {
    const err = new SyntaxError(`Unexpected token in {"email":"${canaries.address}"}`, {
      cause: Object.assign(new Error(`duplicate key ${canaries.phone}`), { code: 11000 }),
    });
    log.error({ err }, 'a job failed');
    expect(record().msg).to.equal('a job failed');
    expect(record().err).to.include({ name: 'SyntaxError' });
    expect(record().err).to.have.property('at').that.is.an('array').and.is.not.empty;
    expect(record().err).to.have.nested.property('cause.code', 11000);
  });

  it('writes what counts and names, so that it is of use', () => {
    log
      .child({ job: 'deliver' })
      .info({ accepted: 12, reason: '550 5.1.1', survey: 'customer-journey' }, 'done');
    expect(record()).to.include({
      job: 'deliver',
      accepted: 12,
      reason: '550 5.1.1',
      survey: 'customer-journey',
      msg: 'done',
    });
  });

  it('writes why an answer of the identity provider was refused', () => {
    for (const reason of [
      'acr',
      'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
      'OAUTH_AUTHORIZATION_RESPONSE_ERROR:access_denied',
    ]) {
      log.warn({ reason }, 'refused');
      expect(record().reason).to.equal(reason);
    }
  });

  for (const [kind, canary] of Object.entries(canaries)) {
    it(`keeps out ${kind}, whatever way it comes`, () => {
      log.error(new Error(canary));
      log.error({ err: new Error(canary) }, `it failed for ${canary}`);
      log.error({ err: canary }, canary);
      log.warn({ to: canary, nested: { list: [canary], [canary]: 1 }, survey: canary }, 'fields');
      log.warn({ reason: canary, route: `/s/${canary}`, requestId: canary, code: canary, name: canary });
      log.warn({ number: Number(canary.replace(/\D/g, '')) || 0 });
      log.child({ job: canary, token: canary }).info('child');
      log.info('it was %s', canary);
      expect(lines).to.have.length(8);
      const written = lines.map((line) => line.replace(/"time":\d+/, '')).join('');
      expect(written)
        .not.to.include(canary)
        .and.not.include(canary.replaceAll(/[ .:-]/g, ''));
    });
  }
});
