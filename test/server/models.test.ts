import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import '../../server/models.ts';

const root = new URL('../..', import.meta.url).pathname;

describe('An installation that is opened', () => {
  it('knows every model in the sources, so that none goes without its indexes', () => {
    const named = ['surveys', 'jobs', 'server'].flatMap(modelsUnder);
    expect(named).to.include('Invitation');
    expect(mongoose.modelNames()).to.have.members(named);
  });
});

/** The names of the models that the files of a folder define. */
function modelsUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(root, folder, file), 'utf8');
      return [...text.matchAll(/\bmodel(?:<\w+>)?\(\s*'(\w+)'/g)].map(([, name]) => name!);
    });
}
