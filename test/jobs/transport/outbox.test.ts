import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  openTransport,
  outboxDirectory,
  readOutbox,
  readOutboxMail,
  type Transport,
} from '../../../jobs/transport/index.ts';
import { exampleMail } from './example-mail.ts';

describe('jobs/transport to the local outbox', () => {
  let dataDir: string;
  let transport: Transport;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-outbox-'));
    transport = openTransport({ smtpUrl: undefined, dataDir });
  });

  afterEach(async () => {
    await transport.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is empty before the first mail', async () => {
    expect(await readOutbox(outboxDirectory(dataDir))).to.deep.equal([]);
  });

  it('keeps a mail as it would be sent', async () => {
    expect(await transport.send(exampleMail({ subject: 'Hoe ging het? – één vraag' }))).to.deep.equal({
      kind: 'accepted',
    });
    const [mail] = await readOutbox(outboxDirectory(dataDir));
    expect(mail).to.include({
      messageId: '<4f1c@gemeente.example>',
      from: 'vraag@gemeente.example',
      to: 'noor@inwoner.example',
      subject: 'Hoe ging het? – één vraag',
      text: 'Dag.\n',
    });
    expect(mail!.headers['auto-submitted']).to.equal('auto-generated');
  });

  it('holds a mail that is written twice once, as it was written last', async () => {
    await transport.send(exampleMail({ text: 'eerste' }));
    await transport.send(exampleMail({ text: 'tweede' }));
    const mails = await readOutbox(outboxDirectory(dataDir));
    expect(mails.map(({ text }) => text)).to.deep.equal(['tweede\n']);
  });

  it('finds one mail by its id, and nothing by any other name', async () => {
    await transport.send(exampleMail());
    const directory = outboxDirectory(dataDir);
    const [mail] = await readOutbox(directory);
    expect(await readOutboxMail(directory, mail!.id)).to.deep.equal(mail);
    for (const id of ['0'.repeat(32), '../secret', '', `${mail!.id}.eml`]) {
      expect(await readOutboxMail(directory, id)).to.equal(undefined);
    }
  });

  it('leaves no temporary file behind and reads none', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        transport.send(exampleMail({ messageId: `${i}@gemeente.example` })),
      ),
    );
    const directory = outboxDirectory(dataDir);
    expect(readdirSync(directory).filter((name) => !name.endsWith('.eml'))).to.deep.equal([]);
    writeFileSync(join(directory, '.half.eml.1.tmp'), 'Subject: half');
    expect(await readOutbox(directory)).to.have.length(20);
    const newest = await readOutbox(directory, { limit: 3 });
    expect(newest).to.have.length(3);
    const known = new Set(newest.map(({ id }) => id));
    expect(await readOutbox(directory, { known })).to.have.length(17);
  });

  it('says "unavailable" when it can not write, and works again once it can', async () => {
    writeFileSync(outboxDirectory(dataDir), 'a file in the way');
    expect((await transport.send(exampleMail())).kind).to.equal('unavailable');
    rmSync(outboxDirectory(dataDir));
    expect((await transport.send(exampleMail())).kind).to.equal('accepted');
  });
});
