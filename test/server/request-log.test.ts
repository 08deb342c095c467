import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect } from 'chai';
import { pino } from 'pino';
import { createApp } from '../../server/app.ts';
import { loadConfig } from '../../server/config.ts';
import { testContext } from '../support/context.ts';

describe('The log of requests', () => {
  it('holds the pattern of the route and the outcome, and nothing of a path, a query, a header or an address', async () => {
    const lines: string[] = [];
    const log = pino({ base: null }, { write: (line: string) => lines.push(line) });
    const config = loadConfig({});
    const server = createServer(createApp({ ctx: { ...testContext(), log }, config, dependencies: {} }));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

    const headers = {
      Authorization: 'Bearer ge_geheim',
      Referer: 'https://geheim.example',
      Cookie: 'a=geheim',
    };
    const answers = [
      await fetch(`${url}/health/live?geheim=geheim`, { headers }),
      await fetch(`${url}/v1/contacts/geheim/geheim`, { headers }),
      await fetch(`${url}/geheim`, { headers }),
      await fetch(`${url}/health/live`, { headers }),
    ];
    server.close();
    server.closeAllConnections();

    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(logged.map(({ method, route, status }) => `${method} ${route} ${status}`)).to.deep.equal([
      'GET /health/live 400',
      'GET /v1/contacts/:source/:id 401',
      'GET (none) 404',
      'GET /health/live 200',
    ]);
    expect(logged.map(({ requestId }) => requestId)).to.deep.equal(
      answers.map((answer) => answer.headers.get('x-request-id')),
    );
    expect(lines.join('')).not.to.include('geheim').and.not.include('127.0.0.1');
  });
});
