import { spawnSync } from 'node:child_process';
import { expect } from 'chai';

describe('A command with a small young generation', () => {
  it('runs once more with the same arguments, and ends as that run does', () => {
    const script = new URL('young-generation-process.ts', import.meta.url).pathname;
    const { NODE_OPTIONS: _, ...env } = process.env;
    const ended = spawnSync(process.execPath, ['--import', 'tsx', script, 'an argument'], {
      env,
      encoding: 'utf8',
    });
    expect(JSON.parse(ended.stdout)).to.deep.equal(['--max-semi-space-size=4', 'an argument']);
    expect(ended.status).to.equal(3);
  });
});
