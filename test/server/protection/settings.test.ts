import { expect } from 'chai';
import { ConfigError, loadConfig } from '../../../server/config.ts';

describe('Settings of protection', () => {
  it('name the proxies whose word counts: how many, or which', () => {
    expect(loadConfig({}).trustProxy).to.equal(undefined);
    expect(loadConfig({ TRUST_PROXY: '2' }).trustProxy).to.equal(2);
    expect(loadConfig({ TRUST_PROXY: 'loopback,10.0.0.0/8,2001:db8::/32' }).trustProxy).to.deep.equal([
      'loopback',
      '10.0.0.0/8',
      '2001:db8::/32',
    ]);
  });

  it('refuse proxies that could be anybody, or nobody', () => {
    for (const wrong of ['0', '10', 'true', 'proxy.example', '10.0.0.0/0', '10.0.0.0/33', '10.0.0.1/8/9'])
      expect(() => loadConfig({ TRUST_PROXY: wrong }), wrong).to.throw(ConfigError, 'TRUST_PROXY must be');
  });

  it('change one limit and leave the others', () => {
    expect(loadConfig({ RATE_LIMITS: 'key=5000' }).rateLimits).to.deep.equal({ key: 5000 });
    for (const wrong of ['key=0', 'key', 'other=5', 'key=5;link=6'])
      expect(() => loadConfig({ RATE_LIMITS: wrong }), wrong).to.throw(ConfigError, 'RATE_LIMITS must be');
  });
});
