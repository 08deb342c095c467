import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

describe('The security checklist', () => {
  const text = readFileSync('docs/security.md', 'utf8');

  it('names tests and documents that are there', () => {
    const tests = [...text.matchAll(/`([\w/-]+\.test\.ts)`/g)].map(([, name]) => `test/${name}`);
    const mutations = [...text.matchAll(/mutation `([\w-]+)`/g)].map(
      ([, name]) => `test/mutations/${name}.patch`,
    );
    const documents = [...text.matchAll(/\]\((?!https?:)([\w./-]+)\)/g)].map(([, name]) => `docs/${name}`);
    expect(tests.length).to.be.above(60);
    expect([...tests, ...mutations, ...documents].filter((name) => !existsSync(name))).to.deep.equal([]);
  });

  it('tells the limits that are in force', async () => {
    const { rateLimitDefaults } = await import('../../../server/protection/rate-limit-defaults.ts');
    for (const [name, { most }] of Object.entries(rateLimitDefaults))
      expect(text).to.match(new RegExp(`\`${name}\` .*\\| ${most.toLocaleString('en')} (a|in)`));
  });
});
