import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { importResponses, ResponseModel } from '../../../surveys/responses/index.ts';
import { testContext } from '../../support/context.ts';
import { useDirectory } from '../../support/files.ts';
import { useStore } from '../../support/store.ts';
import { publishCustomerJourney } from '../contacts/contact-events.ts';

const good = {
  survey: 'customer-journey',
  department: 'burgerzaken',
  channel: 'counter',
  mode: 'paper',
  answers: { overall: 8 },
};

describe('importing answers', () => {
  useStore();
  const file = useDirectory();
  const ctx = testContext();
  beforeEach(() => publishCustomerJourney(ctx));

  const lines = [
    JSON.stringify(good),
    '{"survey":',
    JSON.stringify({ ...good, externalId: 'a' }),
    JSON.stringify({ ...good, answers: { overall: 0 } }),
    JSON.stringify(good),
  ].join('\n');

  it('stores the good lines once, however often, and names the reason of each bad one', async () => {
    const path = file('answers.ndjson', lines);
    const rejectedFile = file('rejected.csv');
    const summary = await importResponses(ctx, { file: path, rejectedFile });
    expect(summary).to.deep.equal({
      rows: 5,
      dryRun: false,
      decisions: { stored: 3, rejected: 2 },
      reasons: { rejected: { invalidJson: 1, invalidAnswers: 1 } },
    });
    expect(readFileSync(rejectedFile, 'utf8'))
      .to.match(/^2,invalidJson,/m)
      .and.match(/^4,invalidAnswers,\/answers\/overall/m);
    await importResponses(ctx, { file: path });
    expect(await ResponseModel.countDocuments()).to.equal(3);
  });

  it('stores nothing in a dry run', async () => {
    const summary = await importResponses(ctx, { file: file('answers.ndjson', lines), dryRun: true });
    expect(summary.decisions).to.deep.equal({ stored: 3, rejected: 2 });
    expect(await ResponseModel.countDocuments()).to.equal(0);
  });
});
