import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { type PublishedSurvey, publishCatalogue } from '../../surveys/definitions/index.ts';
import { type ApiUnderTest, startApi } from '../support/api.ts';
import { useStore } from '../support/store.ts';

type Definition = PublishedSurvey['definition'];

describe('Surveys over the API', () => {
  useStore();
  let api: ApiUnderTest;
  before(async () => {
    api = await startApi();
  });
  beforeEach(() => publishCatalogue(api.ctx));
  after(() => api.close());

  const definitionOf = async (key: string): Promise<Definition> => {
    const { body } = await api.call('GET', `/v1/surveys/${key}`, { token: null });
    return (body as { definition: Definition }).definition;
  };

  it('are public: the three instruments, six surveys, from the first start', async () => {
    const { body } = await api.call('GET', '/v1/surveys', { token: null });
    const { surveys } = body as { surveys: { key: string; version: number; instrument: string }[] };
    expect(surveys.map(({ key, version }) => `${key}@${version}`))
      .to.have.length(6)
      .and.include('customer-journey@1');
    expect(new Set(surveys.map(({ instrument }) => instrument)).size).to.equal(3);
  });

  it('give the plain schema of an answer set, which any validator can use', async () => {
    const { body } = await api.call('GET', '/v1/surveys/customer-journey/versions/1/schema', { token: null });
    const fits = new Ajv2020({ strict: true, strictRequired: false }).compile(body as object);
    expect(fits({ overall: 8, ease: 4 })).to.equal(true);
    expect(fits({ overall: 11 })).to.equal(false);
    expect(fits({})).to.equal(false);
  });

  it('are published as the next version; the same again changes nothing; the former one stays', async () => {
    const definition = await definitionOf('customer-journey');
    const path = '/v1/surveys/customer-journey/versions';
    const same = await api.call('POST', path, { body: definition });
    expect([same.status, (same.body as { version: number }).version]).to.deep.equal([200, 1]);

    const next = structuredClone(definition);
    next.survey.title = { ...next.survey.title, nl: 'Uw contact met ons' };
    for (const answer of Object.values(next.properties)) answer.question.meaning = 'same';
    const published = await api.call('POST', path, { body: next });
    expect([published.status, published.headers.get('location')]).to.deep.equal([201, `${path}/2`]);
    expect((await definitionOf('customer-journey')).survey.title.nl).to.equal('Uw contact met ons');
    const former = await api.call('GET', `${path}/1`, { token: null });
    expect((former.body as { definition: Definition }).definition).to.deep.equal(definition);
  });

  it('with faults are refused, with all of them and their places', async () => {
    const faulty = structuredClone(await definitionOf('customer-journey')) as unknown as {
      survey: { title: object };
      properties: Record<string, { question: Record<string, unknown> }>;
    };
    faulty.survey.title = { en: 'No Dutch' };
    faulty.properties.overall!.question.colour = 'red';
    const { status, body } = await api.call('POST', '/v1/surveys/customer-journey/versions', {
      body: faulty,
    });
    expect(status).to.equal(400);
    expect(body).to.include({ code: 'invalidDefinition' });
    const pointers = (body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
    expect(pointers).to.include.members(['/survey/title/nl', '/properties/overall/question/colour']);
  });

  it('are published under their own key only', async () => {
    const definition = await definitionOf('customer-journey');
    const { status, body } = await api.call('POST', '/v1/surveys/golden-ear-quickscan/versions', {
      body: definition,
    });
    expect(status).to.equal(400);
    expect(body).to.have.nested.property('errors[0].pointer', '/survey/key');
  });

  it('have settings, with defaults for what is not set', async () => {
    const path = '/v1/surveys/customer-journey/settings';
    expect((await api.call('GET', path)).body).to.include({
      floor: 10,
      capDays: 90,
      expiryDays: 30,
      target: 0.8,
    });
    const put = await api.call('PUT', path, { body: { target: 0.9 } });
    expect(put.body).to.include({ target: 0.9, floor: 10 });
    expect((await api.call('PUT', path, { body: {} })).body).to.include({ target: 0.8 });
    const refused = await api.call('PUT', path, { body: { target: 2, reminder: 'daily' } });
    expect(refused.status).to.equal(400);
    expect((refused.body as { errors: object[] }).errors).to.have.length(2);
    expect((await api.call('PUT', '/v1/surveys/unknown/settings', { body: {} })).status).to.equal(404);
  });
});
