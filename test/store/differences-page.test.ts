import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { differencesPage } from './differences-page.ts';
import { subjects } from './semantics/index.ts';

describe('docs/store-differences.md', () => {
  it('lists the known differences; npx tsx test/store/write-differences.ts writes it anew', () => {
    const page = new URL('../../docs/store-differences.md', import.meta.url);
    expect(readFileSync(page, 'utf8')).to.equal(differencesPage());
  });

  it('is about questions that have one name each', () => {
    const names = subjects.flatMap(({ subject, cases }) => cases.map(({ name }) => `${subject}: ${name}`));
    expect(new Set(names).size).to.equal(names.length);
    expect(names.length).to.be.greaterThan(150);
  });
});
