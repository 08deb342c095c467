import { expect } from 'chai';
import { contactTables } from '../../../surveys/aggregates/tables.ts';
import quickscan from '../../../surveys/catalog/golden-ear-quickscan.json' with { type: 'json' };
import { publishSurvey } from '../../../surveys/definitions/index.ts';
import type { Problem } from '../../../surveys/problems.ts';
import { putSurveySettings, surveySettings } from '../../../surveys/settings/index.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { publishCustomerJourney } from '../contacts/contact-events.ts';

describe('the settings of a survey', () => {
  useStore();
  const ctx = testContext();
  beforeEach(() => publishCustomerJourney(ctx));

  const refused = (key: string, value: unknown): Promise<Problem> =>
    putSurveySettings(key, value).then(
      () => expect.fail('accepted'),
      (error) => error,
    );

  it('have defaults that leave residents alone', async () => {
    expect(await surveySettings('customer-journey')).to.deep.equal({
      delayWorkingDays: 1,
      channelDelays: {},
      reminderDays: 7,
      expiryDays: 30,
      capDays: 90,
      maximumAgeDays: 30,
      sampling: { default: 1 },
      floor: 10,
      knownAnswers: 2,
      target: 0.8,
      targets: {},
      tables: contactTables,
    });
  });

  it('have a lower floor and no cap for staff', async () => {
    await publishSurvey(ctx, quickscan);
    const settings = await surveySettings('golden-ear-quickscan');
    expect(settings).to.deep.include({ floor: 5, capDays: 0, tables: [{ by: ['department', 'period'] }] });
  });

  it('are replaced as a whole', async () => {
    await putSurveySettings('customer-journey', { capDays: 30, channelDelays: { 'social-media': 2 } });
    expect(await surveySettings('customer-journey')).to.deep.include({
      capDays: 30,
      channelDelays: { 'social-media': 2 },
    });
    await putSurveySettings('customer-journey', { floor: 20 });
    expect(await surveySettings('customer-journey')).to.deep.include({
      capDays: 90,
      channelDelays: {},
      floor: 20,
    });
  });

  it('are refused with every fault', async () => {
    const { code, faults } = await refused('customer-journey', {
      floor: 2,
      sampling: { default: 1.5, rules: [{ rate: 1 }] },
      reminder: true,
    });
    expect(code).to.equal('invalidBody');
    expect(faults.map(({ pointer }) => pointer)).to.have.members([
      '/floor',
      '/sampling/default',
      '/sampling/rules/0',
      '/reminder',
    ]);
  });

  it('can not declare tables that would give hidden figures away', async () => {
    const { faults } = await refused('customer-journey', {
      tables: [
        { by: ['department', 'channel'] },
        { by: ['channel', 'product'] },
        { by: ['department', 'product'] },
      ],
    });
    expect(faults).to.have.length(1);
    expect(faults[0]).to.include({ pointer: '/tables/2/by', code: 'tablesInACircle' });
  });

  it('belong to a survey that is published', async () => {
    expect((await refused('parking', {})).code).to.equal('notFound');
  });
});
