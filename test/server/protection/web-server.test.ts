import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { expect } from 'chai';
import { webServer } from '../../../server/protection/web-server.ts';

describe('A client that is slow on purpose', () => {
  it('is told so and cut off when it does not finish its headers', async () => {
    const server = webServer((_request, response) => response.end('good'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const slow = connect(port, '127.0.0.1');
    slow.write('GET / HTTP/1.1\r\nHost: localhost\r\n');
    const drip = setInterval(() => slow.write('X-More: x\r\n'), 500);
    slow.on('error', () => undefined);
    let said = '';
    slow.on('data', (chunk) => {
      said += chunk;
    });
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).to.equal('good');
    const started = performance.now();
    await once(slow, 'close');
    clearInterval(drip);
    expect(said).to.match(/^HTTP\/1\.1 408 /);
    expect(performance.now() - started).to.be.below(30_000);
    server.close();
    server.closeAllConnections();
  });

  it('has limits of time for all it sends and reads', () => {
    const { headersTimeout, requestTimeout, timeout } = webServer();
    expect([headersTimeout, requestTimeout, timeout]).to.deep.equal([10_000, 60_000, 120_000]);
  });
});
