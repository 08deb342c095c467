import { expect } from 'chai';
import { type ApiUnderTest, startApi } from '../support/api.ts';
import { haveCatalogue } from '../support/catalogue.ts';
import { useStore } from '../support/store.ts';

/** A contact at the counter, as the clock of the tests has it: yesterday morning. */
const contact = {
  source: 'kcc',
  id: '2026-0001',
  occurredAt: '2026-03-09T10:00:00Z',
  department: 'burgerzaken',
  channel: 'counter',
  product: 'paspoort',
  recipient: { email: 'inwoner@example.org' },
};

interface Results {
  results: {
    source: string;
    id: string;
    decision: string;
    reason?: string;
    sendAt?: string;
    errors?: object[];
  }[];
}

describe('Contacts over the API', () => {
  useStore();
  let api: ApiUnderTest;
  beforeEach(async () => {
    api = await startApi();
    await haveCatalogue(api.ctx);
  });
  afterEach(() => api.close());

  it('are decided one by one, and the same again is the same again', async () => {
    const first = await api.call('POST', '/v1/contacts', { body: contact });
    expect(first.status).to.equal(202);
    expect((first.body as Results).results).to.have.length(1);
    expect((first.body as Results).results[0]).to.include({
      source: 'kcc',
      id: '2026-0001',
      decision: 'invited',
    });
    const again = await api.call('POST', '/v1/contacts', { body: contact });
    expect(again.body).to.deep.equal(first.body);
  });

  it('are looked up by source and id; nothing says whether one was answered', async () => {
    await api.call('POST', '/v1/contacts', { body: contact });
    const { status, body } = await api.call('GET', '/v1/contacts/kcc/2026-0001');
    expect(status).to.equal(200);
    expect(body).to.have.all.keys('source', 'id', 'decision', 'sendAt', 'sent');
    expect(body).to.include({ decision: 'invited', sent: false });
  });

  it('are found by an id with a slash, a space and a percent sign in it', async () => {
    const odd = { ...contact, id: 'Z/12 3%' };
    await api.call('POST', '/v1/contacts', { body: odd });
    const { status } = await api.call('GET', `/v1/contacts/kcc/${encodeURIComponent(odd.id)}`);
    expect(status).to.equal(200);
  });

  it('are erased on request, and stay erased when sent again', async () => {
    await api.call('POST', '/v1/contacts', { body: contact });
    expect((await api.call('DELETE', '/v1/contacts/kcc/2026-0001')).status).to.equal(204);
    expect((await api.call('GET', '/v1/contacts/kcc/2026-0001')).status).to.equal(404);
    expect((await api.call('DELETE', '/v1/contacts/kcc/2026-0001')).status).to.equal(204);
    expect((await api.call('DELETE', '/v1/contacts/kcc/never-sent')).status).to.equal(404);
    const again = await api.call('POST', '/v1/contacts', { body: contact });
    expect((again.body as Results).results[0]?.decision).to.equal('skipped');
  });

  it('do not spoil their neighbours: the good part is stored, the bad part is told', async () => {
    const future = { ...contact, id: 'future', occurredAt: '2027-01-01T00:00:00Z' };
    const unknownField = { ...contact, id: 'unknown', salary: 1 };
    const operator = { ...contact, id: { $gt: '' } };
    const polluted = JSON.parse('{"__proto__": {"admin": true}, "source": "kcc"}') as object;
    const body = [future, contact, unknownField, operator, polluted, 'text', null];
    const { status, body: answer } = await api.call('POST', '/v1/contacts', { body });
    expect(status).to.equal(202);
    const decisions = (answer as Results).results.map(({ decision }) => decision);
    expect(decisions).to.deep.equal([
      'rejected',
      'invited',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
    ]);
    for (const id of ['future', 'unknown']) {
      expect((await api.call('GET', `/v1/contacts/kcc/${id}`)).status).to.equal(404);
    }
    expect({}).not.to.have.property('admin');
  });

  it('that are all bad are a bad request, with every fault and its place', async () => {
    const body = [
      { ...contact, channel: 'At the counter' },
      { ...contact, occurredAt: 'yesterday', extra: 1 },
    ];
    const { status, body: problem } = await api.call('POST', '/v1/contacts', { body });
    expect(status).to.equal(400);
    expect(problem).to.include({ code: 'invalidBody' });
    const { errors } = problem as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).to.include.members([
      '/0/channel',
      '/1/occurredAt',
      '/1/extra',
    ]);
  });

  it('may come by the thousand, and no more', async () => {
    const many = Array.from({ length: 1_001 }, (_, index) => ({ ...contact, id: `many-${index}` }));
    const refused = await api.call('POST', '/v1/contacts', { body: many });
    expect(refused.status).to.equal(400);
    expect(refused.body).to.deep.include({
      errors: [{ pointer: '', code: 'maxItems', detail: 'must hold no more than 1000 items' }],
    });
    expect((await api.call('GET', '/v1/contacts/kcc/many-0')).status).to.equal(404);

    const taken = await api.call('POST', '/v1/contacts', { body: many.slice(0, 1_000) });
    expect((taken.body as Results).results).to.have.length(1_000);
  });

  it('bring departments and products that nobody knew, which are then listed as new', async () => {
    await api.call('POST', '/v1/contacts', { body: contact });
    const { body } = await api.call('GET', '/v1/departments');
    expect(body).to.deep.equal({
      departments: [{ key: 'burgerzaken', names: { nl: 'Burgerzaken' }, isNew: true }],
    });
  });
});
