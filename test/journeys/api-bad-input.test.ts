import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { type ApiUnderTest, startApi } from '../support/api.ts';
import { useStore } from '../support/store.ts';

describe('Bad input to the API', () => {
  useStore();
  let api: ApiUnderTest;
  before(async () => {
    api = await startApi();
  });
  after(() => api.close());

  const bodies: [string, string | Uint8Array, Record<string, string>, number, string][] = [
    ['JSON that breaks off', '{"source": "kcc"', {}, 400, 'badRequest'],
    ['a bare word', 'true', {}, 400, 'badRequest'],
    ['an empty list', '[]', {}, 400, 'invalidBody'],
    ['nothing', '', {}, 400, 'invalidBody'],
    ['broken UTF-8', Buffer.from('{"id": "\xc3("}', 'latin1'), {}, 400, 'badRequest'],
    ['a body of 10 MB', JSON.stringify('x'.repeat(10_000_000)), {}, 413, 'tooLarge'],
    [
      'a form',
      'source=kcc',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      415,
      'unsupportedMediaType',
    ],
    [
      'another character set',
      '{}',
      { 'Content-Type': 'application/json; charset=utf-16' },
      415,
      'unsupportedMediaType',
    ],
    ['an unknown compression', '{}', { 'Content-Encoding': 'zip' }, 415, 'unsupportedMediaType'],
  ];
  for (const [name, body, headers, status, code] of bodies) {
    it(`answers ${name} with ${status} ${code}`, async () => {
      const answer = await api.call('POST', '/v1/contacts', { body, headers });
      expect(answer.body).to.include({ status, code });
      expect(answer.status).to.equal(status);
      expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
    });
  }

  it('counts what a compressed body unfolds to', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20));
    const answer = await api.call('POST', '/v1/contacts', {
      body: bomb,
      headers: { 'Content-Encoding': 'gzip' },
    });
    expect(answer.status).to.equal(413);
  });

  const paths: [string, string, number][] = [
    ['a trailing slash', '/v1/surveys/', 404],
    ['capitals', '/v1/Surveys', 404],
    ['a file extension', '/v1/surveys.json', 404],
    ['an unknown path', '/v1/unknown', 404],
    ['a broken percent sign', '/v1/surveys/%E0%A4%A', 400],
    ['an unknown survey', '/v1/surveys/unknown', 404],
    ['a version that is no number', '/v1/surveys/customer-journey/versions/latest', 404],
    ['a query key that is not read', '/v1/surveys?sort=title', 400],
  ];
  for (const [name, path, status] of paths) {
    it(`answers ${name} with ${status}`, async () => {
      const answer = await api.call('GET', path);
      expect(answer.body).to.include({ status });
      expect(answer.headers.get('api-version')).to.match(/^1\.\d+\.\d+$/);
    });
  }

  it('names the methods that a path knows', async () => {
    const answer = await api.call('PATCH', '/v1/surveys/customer-journey/settings', { body: {} });
    expect(answer.status).to.equal(405);
    expect(answer.headers.get('allow')).to.equal('GET, PUT');
  });

  it('keeps the process alive when bytes are no HTTP at all', async () => {
    const { port } = new URL(api.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end('\x16\x03\x01 hello\r\n\r\n'));
      socket
        .resume()
        .on('close', () => resolve())
        .on('error', () => resolve());
    });
    expect((await api.call('GET', '/health/live')).status).to.equal(200);
  });

  describe('without permission', () => {
    it('is told to bring a token, before the body is read', async () => {
      for (const token of [null, 'ge_unknown', `ge_${'x'.repeat(43)}`]) {
        const answer = await api.call('POST', '/v1/contacts', { body: '{ broken', token });
        expect(answer.body).to.include({ status: 401, code: 'unauthenticated' });
        expect(answer.headers.get('www-authenticate')).to.equal('Bearer');
      }
    });

    it('is told which scope the token lacks', async () => {
      const token = await api.tokenWith('aggregates:read');
      const answer = await api.call('POST', '/v1/contacts', { body: {}, token });
      expect(answer.body).to.include({
        status: 403,
        code: 'forbidden',
        detail: 'The token lacks the scope contacts:write.',
      });
    });
  });
});

describe('Every answer', () => {
  useStore();
  let api: ApiUnderTest;
  before(async () => {
    api = await startApi();
  });
  after(() => api.close());

  it('is kept in no cache, framed nowhere, sniffed never, and sends no referrer', async () => {
    for (const path of ['/v1/surveys', '/v1/unknown', '/health/live']) {
      const { headers } = await api.call('GET', path, { token: null });
      expect(headers.get('cache-control')).to.equal('no-store');
      expect(headers.get('x-content-type-options')).to.equal('nosniff');
      expect(headers.get('strict-transport-security')).to.match(/max-age=\d{8}/);
      expect(headers.get('content-security-policy'))
        .to.include("default-src 'none'")
        .and.include("frame-ancestors 'none'")
        .and.not.include('unsafe');
      expect(headers.get('referrer-policy')).to.equal('no-referrer');
      expect(headers.get('x-request-id')).to.match(/^[0-9a-f-]{36}$/);
      expect(headers.get('x-powered-by')).to.equal(null);
    }
  });

  it('about something unknown is a page for a browser and a problem for a program', async () => {
    const page = await fetch(`${api.url}/unknown`, { headers: { Accept: 'text/html,*/*;q=0.8' } });
    expect([page.status, page.headers.get('content-type')]).to.deep.equal([404, 'text/html; charset=utf-8']);
    const problem = await fetch(`${api.url}/unknown`);
    expect([problem.status, problem.headers.get('content-type')]).to.deep.equal([
      404,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('lets any site read the API document', async () => {
    const { headers } = await api.call('GET', '/v1/openapi.json', { token: null });
    expect(headers.get('access-control-allow-origin')).to.equal('*');
  });

  it('says which dependency is up', async () => {
    const { status, body } = await api.call('GET', '/health/ready', { token: null });
    expect(status).to.equal(200);
    expect(body).to.deep.equal({ status: 'up', dependencies: { store: 'up' } });
  });
});
