import { expect } from 'chai';
import { InvitationModel } from '../../../surveys/invitations/index.ts';
import { type ApiUnderTest, startApi } from '../../support/api.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { publishCustomerJourney } from '../../surveys/contacts/contact-events.ts';

const data = {
  department: 'burgerzaken',
  channel: 'phone',
  recipient: { email: 'bewoner@voorbeeld.example' },
};
const event = {
  specversion: '1.0',
  id: 'call-1',
  source: 'urn:nld:oin:00000001234567890000:systeem:kcc',
  type: 'nl.voorbeeld.contact-afgerond',
  time: '2026-03-10T08:30:00Z',
  datacontenttype: 'application/json',
  data,
};

describe('contacts as CloudEvents', () => {
  useStore();
  let api: ApiUnderTest;
  const ctx = testContext();
  before(async () => {
    api = await startApi(ctx);
  });
  after(() => api.close());
  beforeEach(() => publishCustomerJourney(ctx));

  const send = (
    body: unknown,
    headers: Record<string, string> = { 'Content-Type': 'application/cloudevents+json' },
  ) => api.call('POST', '/v1/events', { body, headers });
  const resultsOf = ({ body }: { body: unknown }) => (body as { results: Record<string, unknown>[] }).results;

  it('decides in structured mode as about a contact, once however often it is sent', async () => {
    const first = await send(event);
    expect(first.status).to.equal(202);
    expect(resultsOf(first)[0]).to.include({ source: event.source, id: 'call-1', decision: 'invited' });
    expect(resultsOf(await send(event))).to.deep.equal(resultsOf(first));
    expect(await InvitationModel.countDocuments()).to.equal(1);
  });

  it('reads binary mode: attributes in headers, the contact in the body', async () => {
    const headers = {
      'Content-Type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': 'call-1',
      'ce-source': event.source,
      'ce-type': event.type,
      'ce-time': event.time,
    };
    const binary = resultsOf(await send(data, headers));
    expect(binary[0]).to.include({ id: 'call-1', decision: 'invited' });
    expect(resultsOf(await send(event))).to.deep.equal(binary);
  });

  it('takes a batch, in which a bad event never spoils its neighbours', async () => {
    const batch = [
      { ...event, specversion: '0.3' },
      { ...event, id: 'call-2', data: { ...data, channel: 'Phone call' } },
      event,
      { ...event, id: 'call-3', data: { ...data, confidential: true } },
    ];
    const results = resultsOf(await send(batch, { 'Content-Type': 'application/cloudevents-batch+json' }));
    expect(results.map(({ decision, reason }) => [decision, reason])).to.deep.equal([
      ['rejected', 'invalid'],
      ['rejected', 'invalid'],
      ['invited', undefined],
      ['skipped', 'confidential'],
    ]);
    expect(results[1]?.errors).to.have.nested.property('[0].pointer', '/data/channel');
  });

  it('refuses what is no event, and a source that is no URN, with where it is', async () => {
    for (const [body, pointer] of [
      [{ ...event, source: 'https://kcc.example' }, '/source'],
      [{ ...event, type: 'contact' }, '/type'],
      [data, '/specversion'],
    ] as const) {
      const { status, body: answer } = await send(body);
      expect(status).to.equal(400);
      expect(JSON.stringify(answer)).to.contain(`"pointer":"${pointer}"`);
    }
  });
});
