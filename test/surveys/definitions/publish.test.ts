import { expect } from 'chai';
import { catalogue } from '../../../surveys/catalog/index.ts';
import {
  listSurveys,
  publishCatalogue,
  publishedSurvey,
  publishSurvey,
} from '../../../surveys/definitions/index.ts';
import { SurveyVersionModel } from '../../../surveys/definitions/survey-versions.ts';
import { Problem } from '../../../surveys/problems.ts';
import { forgetStore } from '../../../surveys/store.ts';
import { testContext } from '../../support/context.ts';
import { sampleDefinition } from '../../support/definition.ts';
import { useStore } from '../../support/store.ts';

/** The sample as a version that comes after another one. */
function nextDefinition(title: string, meanings: Record<string, 'same' | 'new'> = {}) {
  const definition = sampleDefinition();
  definition.title = title;
  for (const [key, { question }] of Object.entries(definition.properties)) {
    question.meaning = meanings[key] ?? 'same';
  }
  return definition;
}

describe('publishing a survey', () => {
  useStore();
  const ctx = testContext();

  it('numbers versions and keeps the earlier ones as they were', async () => {
    await publishSurvey(ctx, sampleDefinition());
    await publishSurvey(ctx, nextDefinition('Second'));
    forgetStore();

    expect((await publishedSurvey('sample'))?.definition.title).to.equal('Second');
    const first = await publishedSurvey('sample', 1);
    expect(first?.definition).to.deep.equal(sampleDefinition());
    expect(first?.questions.map(({ key }) => key)).to.deep.equal(Object.keys(sampleDefinition().properties));
    expect(await publishedSurvey('sample', 3)).to.equal(undefined);
    expect(await publishedSurvey('unknown')).to.equal(undefined);
  });

  it('takes the same definition twice as one version', async () => {
    const first = await publishSurvey(ctx, sampleDefinition());
    const again = await publishSurvey(ctx, sampleDefinition());
    expect([first.version, again.version]).to.deep.equal([1, 1]);
    expect(await SurveyVersionModel.countDocuments({})).to.equal(1);
  });

  it('gives two publishers at once the same version for the same, and two versions for different ones', async () => {
    const same = await Promise.all([
      publishSurvey(ctx, sampleDefinition()),
      publishSurvey(ctx, sampleDefinition()),
    ]);
    expect(same.map(({ version }) => version)).to.deep.equal([1, 1]);
    const different = await Promise.all(['A', 'B'].map((title) => publishSurvey(ctx, nextDefinition(title))));
    expect(different.map(({ version }) => version).sort()).to.deep.equal([2, 3]);
  });

  it('refuses a definition with all its faults, and stores nothing', async () => {
    const definition = sampleDefinition();
    definition.survey.derived![0]!.weight = 1;
    definition.properties.grade!.question.scale = 'unknown';
    const refusal = await publishSurvey(ctx, definition).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(Problem);
    expect((refusal as Problem).code).to.equal('invalidDefinition');
    expect((refusal as Problem).faults.map(({ code }) => code)).to.have.members(['unknownScale', 'weights']);
    expect(await SurveyVersionModel.countDocuments({})).to.equal(0);
  });

  it('refuses what is no definition at all', async () => {
    for (const value of [null, undefined, 7, 'text', [], {}, { survey: { key: { $ne: '' } } }]) {
      const refusal = await publishSurvey(ctx, value).catch((error: unknown) => error);
      expect(refusal).to.be.instanceOf(Problem);
    }
  });

  it('remembers since which version answers may be added up', async () => {
    await publishSurvey(ctx, sampleDefinition());
    await publishSurvey(ctx, nextDefinition('Second', { first: 'new' }));
    const third = await publishSurvey(ctx, nextDefinition('Third'));
    const since = Object.fromEntries(third.questions.map((question) => [question.key, question.since]));
    expect(since).to.deep.include({ grade: 1, first: 2, second: 1 });
    expect(third.derived[0]?.since).to.equal(2);
  });

  it('starts a derived score anew when it is made differently', async () => {
    await publishSurvey(ctx, sampleDefinition());
    const definition = nextDefinition('Second');
    definition.survey.derived![0]!.minAnswered = 2;
    expect((await publishSurvey(ctx, definition)).derived[0]?.since).to.equal(2);
  });

  it('publishes the built-in surveys once, and never over those of the municipality', async () => {
    await publishCatalogue(ctx);
    const own: (typeof catalogue)[number] = structuredClone(catalogue[1]!);
    own.title = 'Our own';
    for (const answer of Object.values(own.properties)) Object.assign(answer.question, { meaning: 'same' });
    await publishSurvey(ctx, own);

    await publishCatalogue(ctx);
    expect(await SurveyVersionModel.countDocuments({})).to.equal(catalogue.length + 1);
    const surveys = await listSurveys();
    expect(surveys.map(({ key }) => key)).to.deep.equal(catalogue.map(({ survey }) => survey.key).sort());
    expect(surveys.find(({ key }) => key === own.survey.key)).to.deep.include({ version: 2 });
  });
});
