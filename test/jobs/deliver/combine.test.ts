import { expect } from 'chai';
import { combine } from '../../../jobs/deliver/combine.ts';

const turn = () => new Promise((done) => setTimeout(done, 2));

describe('jobs/deliver: writes combined', () => {
  it('writes what comes during a write together in the next, in order, each once', async () => {
    const written: number[][] = [];
    const add = combine<number>(async (items) => {
      written.push(items);
      await turn();
    });
    const early = [1, 2, 3].map(add);
    await turn();
    const late = [4, 5].map(add);
    await Promise.all([...early, ...late]);
    await add(6);
    expect(written.flat()).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(written.length).to.be.at.most(4);
  });

  it('has one write under way at a time', async () => {
    let running = 0;
    const add = combine<number>(async () => {
      running += 1;
      expect(running).to.equal(1);
      await turn();
      running -= 1;
    });
    const all: Promise<void>[] = [];
    for (let i = 0; i < 20; i += 1) {
      all.push(add(i));
      if (i % 3 === 0) await turn();
    }
    await Promise.all(all);
  });

  it('tells a failure to those whose write failed, and goes on with the others', async () => {
    const add = combine<string>(async (items) => {
      await turn();
      if (items.includes('bad')) throw new Error('no');
    });
    const bad = add('bad').catch((error: Error) => error.message);
    await turn();
    const good = add('good').then(() => 'written');
    expect(await Promise.all([bad, good])).to.deep.equal(['no', 'written']);
  });
});
