import { expect } from 'chai';
import { type ApiUnderTest, startApi } from '../support/api.ts';
import { useStore } from '../support/store.ts';

const municipality = {
  name: 'Gemeente Almerk',
  senderName: 'Gemeente Almerk',
  contact: { email: 'info@almerk.example', phone: '14 036' },
  privacyStatementUrl: 'https://almerk.example/privacy',
  theme: { '--utrecht-button-background-color': '#c8102e' },
};

describe('The municipality and its map over the API', () => {
  useStore();
  let api: ApiUnderTest;
  before(async () => {
    api = await startApi();
  });
  after(() => api.close());

  it('is an example until it is told, and then what was told', async () => {
    expect((await api.call('GET', '/v1/municipality')).body).to.include({ name: 'Gemeente Voorbeeld' });
    const put = await api.call('PUT', '/v1/municipality', { body: municipality });
    expect([put.status, put.body]).to.deep.equal([200, municipality]);
    expect((await api.call('GET', '/v1/municipality')).body).to.deep.equal(municipality);
    const { body } = await api.call('GET', '/v1/openapi.json');
    expect(body).to.have.nested.property('info.contact.email', 'info@almerk.example');
  });

  it('takes no theme or sender with which something could be smuggled in', async () => {
    const faulty = {
      ...municipality,
      senderName: 'Almerk\r\nBcc: iemand@example.org',
      privacyStatementUrl: 'javascript:alert(1)',
      logo: { image: 'https://tracker.example/logo.png', text: 'Almerk' },
      theme: { color: 'red', '--a': 'red; } body { display: none', '--b': 'url(https://tracker.example)' },
    };
    const { status, body } = await api.call('PUT', '/v1/municipality', { body: faulty });
    expect(status).to.equal(400);
    const pointers = (body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
    expect(pointers).to.include.members([
      '/senderName',
      '/privacyStatementUrl',
      '/logo/image',
      '/theme/--a',
      '/theme/--b',
    ]);
  });

  it('has the default channels from the start', async () => {
    const { body } = await api.call('GET', '/v1/channels');
    expect((body as { channels: { key: string }[] }).channels.map(({ key }) => key)).to.deep.equal([
      'counter',
      'phone',
      'website',
      'email',
      'post',
      'chat',
      'social-media',
      'neighbourhood',
      'home-visit',
    ]);
  });

  it('names a department and says what it is part of', async () => {
    await api.call('PUT', '/v1/departments/dienstverlening', { body: { names: { nl: 'Dienstverlening' } } });
    const child = { names: { nl: 'Burgerzaken', en: 'Civil affairs' }, parent: 'dienstverlening' };
    const { status, body } = await api.call('PUT', '/v1/departments/burgerzaken', { body: child });
    expect([status, body]).to.deep.equal([200, { key: 'burgerzaken', ...child, isNew: false }]);
  });

  const refused: [string, string, object, string][] = [
    ['a key with capitals', 'Burgerzaken', { names: { nl: 'Burgerzaken' } }, '/key'],
    ['no Dutch name', 'burgerzaken', { names: { en: 'Civil affairs' } }, '/names/nl'],
    ['an unknown parent', 'burgerzaken', { names: { nl: 'Burgerzaken' }, parent: 'nergens' }, '/parent'],
    ['itself as parent', 'burgerzaken', { names: { nl: 'Burgerzaken' }, parent: 'burgerzaken' }, '/parent'],
  ];
  for (const [name, key, entry, pointer] of refused) {
    it(`refuses a department with ${name}`, async () => {
      const { status, body } = await api.call('PUT', `/v1/departments/${key}`, { body: entry });
      expect(status).to.equal(400);
      const { errors } = body as { errors: { pointer: string }[] };
      expect(errors.map((error) => error.pointer)).to.include(pointer);
    });
  }

  it('takes a table of names: parents after children, semicolons, a byte-order mark; bad rows are told', async () => {
    const csv = [
      '\ufeffkey;nl;en;parent',
      'paspoort;Paspoort;Passport;reisdocumenten',
      'reisdocumenten;Reisdocumenten;;',
      'Te Duur;Fout;;',
      'wees;Wees;;nergens',
      'kort',
      'lang;Lang;;;;',
    ].join('\r\n');
    const { status, body } = await api.call('POST', '/v1/products', {
      body: csv,
      headers: { 'Content-Type': 'text/csv' },
    });
    expect(status).to.equal(200);
    const { results } = body as { results: { line: number; decision: string }[] };
    expect(results.map(({ line, decision }) => `${line} ${decision}`)).to.deep.equal([
      '2 stored',
      '3 stored',
      '4 rejected',
      '5 rejected',
      '6 rejected',
      '7 rejected',
    ]);
    const { body: listed } = await api.call('GET', '/v1/products');
    expect(listed).to.deep.equal({
      products: [
        {
          key: 'paspoort',
          names: { nl: 'Paspoort', en: 'Passport' },
          parent: 'reisdocumenten',
          isNew: false,
        },
        { key: 'reisdocumenten', names: { nl: 'Reisdocumenten' }, isNew: false },
      ],
    });
  });

  it('refuses a table without the columns it needs', async () => {
    const { body } = await api.call('POST', '/v1/products', {
      body: 'name\nPaspoort',
      headers: { 'Content-Type': 'text/csv' },
    });
    expect(body).to.include({ status: 400, code: 'badRequest' });
  });

  it('pauses and resumes all mail', async () => {
    expect((await api.call('POST', '/v1/sending/pause')).body).to.deep.equal({ paused: true });
    expect((await api.call('GET', '/v1/sending')).body).to.deep.equal({ paused: true });
    expect((await api.call('POST', '/v1/sending/resume')).body).to.deep.equal({ paused: false });
  });
});
