import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect } from 'chai';
import { createApp } from '../../server/app.ts';
import { createLogger } from '../../server/log.ts';
import type { Services } from '../../server/services.ts';
import { testContext } from '../support/context.ts';
import { testServices } from '../support/services.ts';
import { useStore } from '../support/store.ts';

describe('The log of requests', () => {
  useStore();
  const lines: string[] = [];
  const server = createServer();
  let services: Services & { close(): Promise<void> };
  let url: string;

  before(async () => {
    const log = createLogger('info', { write: (line: string) => lines.push(line) });
    services = testServices({ ...testContext(), log });
    server.on('request', createApp(services)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  });
  beforeEach(() => lines.splice(0));
  after(async () => {
    await services.close();
    server.close();
    server.closeAllConnections();
  });

  /** The lines of requests; that a proxy was met is a line of its own. */
  const logged = () =>
    lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ route }) => route !== undefined);

  it('holds the pattern of the route and the outcome, and nothing of a path, a query, a header or an address', async () => {
    const headers = {
      Authorization: 'Bearer ge_geheim',
      Referer: 'https://geheim.example',
      Cookie: 'a=geheim',
      'X-Forwarded-For': '203.0.113.9',
      'X-Request-Id': 'geheim@example.org',
      traceparent: '00-geheim-geheim-01',
    };
    const answers = [
      await fetch(`${url}/health/live?geheim=geheim`, { headers }),
      await fetch(`${url}/v1/contacts/geheim/geheim`, { headers }),
      await fetch(`${url}/geheim`, { headers }),
      await fetch(`${url}/health/live`, { headers }),
    ];
    expect(logged().map(({ method, route, status }) => `${method} ${route} ${status}`)).to.deep.equal([
      'GET /health/live 400',
      'GET /v1/contacts/:source/:id 401',
      'GET (none) 404',
      'GET /health/live 200',
    ]);
    expect(logged().map(({ requestId }) => requestId)).to.deep.equal(
      answers.map((answer) => answer.headers.get('x-request-id')),
    );
    for (const secret of ['geheim', '127.0.0.1', '203.0.113.9'])
      expect(lines.join('')).not.to.include(secret);
  });

  it("keeps the caller's id, as a UUID, as 32 hex characters or as the trace of a traceparent", async () => {
    const uuid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const given = [
      [{ 'X-Request-Id': uuid.toUpperCase() }, uuid],
      [{ 'X-Request-Id': trace }, trace],
      [{ traceparent: `00-${trace}-00f067aa0ba902b7-01` }, trace],
    ] as const;
    for (const [headers, expected] of given) {
      const answer = await fetch(`${url}/health/live`, { headers: { ...headers } });
      expect(answer.headers.get('x-request-id')).to.equal(expected);
    }
    expect(logged().map(({ requestId }) => requestId)).to.deep.equal([uuid, trace, trace]);
  });

  it('names the request in a problem too', async () => {
    const answer = await fetch(`${url}/v1/sending`);
    expect(await answer.json()).to.include({
      code: 'unauthenticated',
      requestId: answer.headers.get('x-request-id'),
    });
  });
});
