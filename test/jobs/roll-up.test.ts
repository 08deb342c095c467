import { expect } from 'chai';
import { createRollUp } from '../../jobs/roll-up.ts';
import { CellModel, rollUpDue, VolumeModel } from '../../surveys/aggregates/index.ts';
import { claimDue } from '../../surveys/invitations/index.ts';
import { submitAnswers } from '../../surveys/responses/index.ts';
import { testContext } from '../support/context.ts';
import { useStore } from '../support/store.ts';
import { invite, residents } from './deliver/invite.ts';

describe('jobs: the roll-up', () => {
  useStore();

  it('counts answers each time, and volumes again when they have rested', async () => {
    const ctx = testContext();
    let now = 0;
    const each = 20;
    // Whoever looks, 20 milliseconds have gone by.
    const run = createRollUp(ctx, () => (now += each));
    await invite(ctx, residents(2));
    await run();
    expect(await VolumeModel.countDocuments()).to.equal(1);
    expect(await rollUpDue()).to.equal(false);

    const [claim] = await claimDue(ctx, 'a worker', { limit: 1, leaseMs: 60_000 });
    await submitAnswers(ctx, claim!.token, { overall: 8 });
    await run();
    expect(await CellModel.countDocuments({ n: 1 })).to.equal(1);
    expect(await rollUpDue(), 'the volume waits').to.equal(true);

    now += 29 * each;
    await run();
    expect(await rollUpDue()).to.equal(false);
  });
});
