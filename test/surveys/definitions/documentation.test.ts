import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkDefinition } from '../../../surveys/definitions/index.ts';

const root = new URL('../../../', import.meta.url);
const page = readFileSync(new URL('docs/survey-definitions.md', root), 'utf8');

describe('docs/survey-definitions.md', () => {
  it('shows a definition without faults', () => {
    const example = /```json\n(.*?)```/s.exec(page)?.[1];
    expect(checkDefinition(JSON.parse(example ?? ''))).to.deep.equal([]);
  });

  it('explains every code of the check', () => {
    const folder = new URL('surveys/definitions/check/', root);
    const source = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
    const codes = source.flatMap((text) => [...text.matchAll(/code: '(\w+)'/g)].map(([, code]) => code));
    expect(codes).to.have.length.above(20);
    for (const code of codes) if (code !== 'maximum') expect(page).to.include(`\`${code}\``);
  });
});
