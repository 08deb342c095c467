import type { Socket } from 'node:net';
import { expect } from 'chai';
import type { Outcome, Transport } from '../../../jobs/transport/index.ts';
import { smtpTransport } from '../../../jobs/transport/smtp.ts';
import { converse, reply, startMailServer, startRawServer } from '../../support/smtp.ts';
import { exampleMail } from './example-mail.ts';

const impatient = { connect: 500, greeting: 300, silence: 300 };
const greeting = { CONNECT: '220 raw', DATA: '354 go on', '.': '250 taken' };

describe('jobs/transport over SMTP', () => {
  const toClose: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const close of toClose.splice(0).reverse()) await close();
  });

  function transportTo(server: { url: string; close(): Promise<void> }, connections = 2): Transport {
    const transport = smtpTransport({ url: server.url, connections, timeouts: impatient });
    toClose.push(server.close, () => transport.close());
    return transport;
  }

  async function outcomeAt(talk: Parameters<typeof startRawServer>[0]): Promise<Outcome> {
    return transportTo(await startRawServer(talk)).send(exampleMail());
  }

  it('hands over a mail whole, under its own Message-ID', async () => {
    const server = await startMailServer();
    const transport = transportTo(server);
    expect(await transport.send(exampleMail())).to.deep.equal({ kind: 'accepted' });
    const { to, mail } = server.received[0]!;
    expect(to).to.deep.equal(['noor@inwoner.example']);
    expect(mail.messageId).to.equal('<4f1c@gemeente.example>');
    expect(mail.from).to.include({ name: 'Gemeente Voorbeeld', address: 'vraag@gemeente.example' });
    expect(mail.text).to.equal('Dag.\n');
    expect(mail.html).to.include('<p>Dag.</p>');
  });

  for (const [code, text, kind] of [
    [450, '4.7.1 Greylisted', 'retry'],
    [550, '5.1.1 No such user', 'bounced'],
    [552, '5.2.2 Over quota', 'retry'],
    [421, '4.3.2 Shutting down', 'unavailable'],
  ] as const) {
    it(`takes ${code} to the recipient as "${kind}"`, async () => {
      const server = await startMailServer({
        onRcptTo: (_address, _session, done) => done(reply(code, text)),
      });
      const outcome = await transportTo(server).send(exampleMail());
      expect(outcome).to.deep.equal({ kind, reason: `${code} ${text.slice(0, 5)}` });
    });
  }

  it('sends the next mail over the connection on which one was refused', async () => {
    let connections = 0;
    const server = await startMailServer({
      onConnect: (_session, done) => {
        connections += 1;
        done();
      },
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('weg') ? reply(550, '5.1.1 No such user') : null),
    });
    const transport = transportTo(server, 1);
    expect((await transport.send(exampleMail({ to: 'weg@inwoner.example' }))).kind).to.equal('bounced');
    expect((await transport.send(exampleMail())).kind).to.equal('accepted');
    expect(connections).to.equal(1);
  });

  it('sends again after the server dropped an idle connection', async () => {
    const sockets: Socket[] = [];
    const server = await startRawServer((socket) => {
      sockets.push(socket);
      converse(greeting)(socket);
    });
    const transport = transportTo(server, 1);
    expect((await transport.send(exampleMail())).kind).to.equal('accepted');
    for (const socket of sockets) socket.end('421 4.4.2 Idle for too long\r\n');
    await new Promise((heard) => setTimeout(heard, 300));
    expect((await transport.send(exampleMail({ messageId: 'b@gemeente.example' }))).kind).to.equal(
      'accepted',
    );
  });

  it('takes a connection that closes in the middle of the data as "unavailable", and sends once', async () => {
    let datas = 0;
    const outcome = await outcomeAt(
      converse({
        ...greeting,
        DATA: (socket) => {
          datas += 1;
          socket.write('354 go on\r\n');
          setTimeout(() => socket.destroy(), 20);
        },
        '.': () => {},
      }),
    );
    expect(outcome.kind).to.equal('unavailable');
    await new Promise((wait) => setTimeout(wait, 300));
    expect(datas).to.equal(1);
  });

  it('gives up on a server that never greets, never answers, or takes the data and says nothing', async () => {
    const silent = () => {};
    for (const talk of [
      silent,
      converse({ ...greeting, MAIL: silent }),
      converse({ ...greeting, '.': silent }),
    ]) {
      const outcome = await outcomeAt(talk);
      expect(outcome).to.deep.equal({ kind: 'unavailable', reason: 'ETIMEDOUT' });
    }
  });

  it('takes garbage, a refusing greeting and a closed port as "unavailable"', async () => {
    expect((await outcomeAt((socket) => socket.write('\u0000\u00ff{}\r\n'))).kind).to.equal('unavailable');
    expect((await outcomeAt((socket) => socket.end('554 no\r\n'))).kind).to.equal('unavailable');
    expect((await outcomeAt((socket) => socket.destroy())).kind).to.equal('unavailable');
    const gone = await startRawServer(() => {});
    await gone.close();
    const transport = smtpTransport({ url: gone.url, timeouts: impatient });
    toClose.push(() => transport.close());
    expect((await transport.send(exampleMail())).kind).to.equal('unavailable');
  });

  it('breaks off an attempt when told to, also at a server that trickles', async () => {
    const trickle = converse({
      ...greeting,
      MAIL: (socket) => {
        const drip = setInterval(() => socket.write('250-wait\r\n'), 50);
        socket.on('close', () => clearInterval(drip));
      },
    });
    const transport = transportTo(await startRawServer(trickle));
    const outcome = await transport.send(exampleMail(), AbortSignal.timeout(500));
    expect(outcome).to.deep.equal({ kind: 'retry', reason: 'EABORT' });
  });

  it('ends every attempt when it is closed', async () => {
    const server = await startRawServer(converse({ ...greeting, MAIL: () => {} }));
    const transport = transportTo(server, 1);
    const attempts = ['a', 'b', 'c'].map((key) =>
      transport.send(exampleMail({ messageId: `${key}@x.example` })),
    );
    await new Promise((wait) => setTimeout(wait, 50));
    await transport.close();
    for (const outcome of await Promise.all(attempts))
      expect(outcome.kind).to.be.oneOf(['unavailable', 'retry']);
  });

  it('lets no name and no address add a header, a recipient or a command', async () => {
    const server = await startMailServer();
    const transport = transportTo(server);
    await transport.send(
      exampleMail({
        from: { name: 'X\r\nBcc: other@inwoner.example', address: 'vraag@gemeente.example' },
        subject: 'Y\r\nX-Injected: yes',
      }),
    );
    expect(server.received[0]!.to).to.deep.equal(['noor@inwoner.example']);
    const names = server.received[0]!.mail.headers.map(({ key }) => key);
    expect(names).not.to.include.members(['x-injected']);
    expect(names).not.to.include.members(['bcc']);
    const odd = await transport.send(exampleMail({ to: 'a@inwoner.example>\r\nRCPT TO:<b@inwoner.example' }));
    expect(odd.kind).to.equal('failed');
    expect(server.received).to.have.length(1);
  });
});
