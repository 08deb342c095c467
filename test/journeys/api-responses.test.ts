import { expect } from 'chai';
import { ResponseModel } from '../../surveys/responses/index.ts';
import { type ApiUnderTest, startApi } from '../support/api.ts';
import { haveCatalogue } from '../support/catalogue.ts';
import { useStore } from '../support/store.ts';

/** An answer that was given at a kiosk in the town hall. */
const answer = {
  survey: 'customer-journey',
  department: 'burgerzaken',
  channel: 'counter',
  mode: 'kiosk',
  answerDate: '2026-03-09',
  answers: { overall: 8, comment: 'Bel mij op 06-12345678' },
};

interface Results {
  results: { decision: string; errors?: { pointer: string; code: string }[] }[];
}

describe('Answers from elsewhere over the API', () => {
  useStore();
  let api: ApiUnderTest;
  before(async () => {
    api = await startApi();
  });
  beforeEach(() => haveCatalogue(api.ctx));
  after(() => api.close());

  it('are stored once, however often they are sent with the same external id', async () => {
    const body = { ...answer, externalId: 'kiosk-1' };
    for (const _ of [1, 2]) {
      const { status, body: told } = await api.call('POST', '/v1/responses', { body });
      expect(status).to.equal(202);
      expect(told).to.deep.equal({ results: [{ externalId: 'kiosk-1', decision: 'stored' }] });
    }
    expect(await ResponseModel.countDocuments()).to.equal(1);
  });

  it('are stored without personal data and without a time finer than a month', async () => {
    await api.call('POST', '/v1/responses', { body: { ...answer, externalId: 'kiosk-1' } });
    const stored = JSON.stringify(await ResponseModel.find().lean());
    expect(stored).to.include('"month":"2026-03"');
    expect(stored).not.to.include('12345678').and.not.include('kiosk-1').and.not.include('2026-03-09');
  });

  it('may be named by the request instead; two clients with the same name for a request do not meet', async () => {
    const headers = { 'Idempotency-Key': '1' };
    const body = [answer, answer];
    for (const _ of [1, 2]) await api.call('POST', '/v1/responses', { body, headers });
    expect(await ResponseModel.countDocuments()).to.equal(2);

    const token = await api.tokenNamed('another client', 'responses:write');
    await api.call('POST', '/v1/responses', { body, headers, token });
    expect(await ResponseModel.countDocuments()).to.equal(4);
  });

  it('need one of the two', async () => {
    const { status, body } = await api.call('POST', '/v1/responses', { body: answer });
    expect(status).to.equal(400);
    expect(body).to.have.nested.property('errors[0].pointer', '/externalId');
  });

  it('that do not fit are told and do not spoil the others', async () => {
    const body = [
      { ...answer, externalId: 'a' },
      { ...answer, externalId: 'b', answers: { overall: 11 } },
      { ...answer, externalId: 'c', answers: { mood: 'fine' } },
      { ...answer, externalId: 'd', survey: 'unknown' },
      { ...answer, externalId: 'e', answerDate: '2026-03-11' },
      { ...answer, externalId: 'f', channel: 'website', answers: { listening: 3 } },
      { ...answer, externalId: 'g', answers: { $where: '1' } },
    ];
    const told = (await api.call('POST', '/v1/responses', { body })).body as Results;
    expect(told.results.map(({ decision, errors }) => errors?.[0]?.pointer ?? decision)).to.deep.equal([
      'stored',
      '/answers/overall',
      '/answers/mood',
      '/survey',
      '/answerDate',
      '/answers/listening',
      '/answers/$where',
    ]);
    expect(await ResponseModel.countDocuments()).to.equal(1);
  });
});
