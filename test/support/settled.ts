import { expect } from 'chai';
import { goldenEar } from './service.ts';

/** How many answers the cells count once nothing waits for a roll-up any more, when a recount gives the same. */
export async function settled(env: Record<string, string>): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const { code, stdout, stderr } = await goldenEar(['cells', 'check', '--json'], env);
    expect(code, stderr).to.equal(0);
    const { responses, due } = JSON.parse(stdout) as { responses: number; due: number };
    if (due === 0) return responses;
  }
  throw new Error('Something waits for a roll-up and gets none');
}
