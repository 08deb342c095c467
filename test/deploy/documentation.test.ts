import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import schema from '../../schemas/environment.schema.json' with { type: 'json' };

const document = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

describe('docs/operations.md', () => {
  it('has each setting in its table once, and no other', () => {
    const table = document.slice(document.indexOf('\n## Settings'), document.indexOf('\n## What runs'));
    const cells = [...table.matchAll(/^\| (`[^|]+) \|/gm)].map(([, cell]) => cell!);
    const named = cells.flatMap((cell) => [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name!));
    expect(named).to.have.members(Object.keys(schema.properties));
  });

  it('names the metrics that there are', () => {
    const source = readFileSync(new URL('../../server/operation/metrics.ts', import.meta.url), 'utf8');
    const names = (text: string) => new Set(text.match(/golden_ear_[a-z_]+/g));
    expect(names(document)).to.deep.equal(names(source));
  });
});
