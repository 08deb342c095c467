import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { outboxDirectory, readOutbox } from '../../jobs/transport/index.ts';
import { createToken } from '../../server/auth/api-tokens.ts';
import { loadConfig } from '../../server/config.ts';
import { answerMail, surveyLink } from '../../server/demo/resident.ts';
import { type Service, startService } from '../../server/start.ts';
import { checkCells, rollUp } from '../../surveys/aggregates/index.ts';
import { fixedClock } from '../../surveys/clock.ts';
import { InvitationModel } from '../../surveys/invitations/model.ts';
import { ResponseModel } from '../../surveys/responses/index.ts';
import { eraseOld } from '../../surveys/retention/index.ts';
import { storeSettings } from '../support/mongodb.ts';

const dayMs = 86_400_000;
const person = { random: () => 0.4, mood: 0.8, comments: { good: [], bad: [] } };

describe('A contact, its mail, its reminder, and the end of what was kept of it', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-reminders-'));
  const clock = fixedClock('2026-03-09T10:00:00Z');
  let service: Service;

  before(async () => {
    const config = loadConfig({
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'silent',
      ...storeSettings(dataDir),
    });
    service = await startService({ ...config, dataDir }, { clock, schedule: false });
  });
  after(async () => {
    await service.close();
    rmSync(dataDir, { recursive: true });
  });

  const outbox = async () => {
    const mails = await readOutbox(outboxDirectory(dataDir));
    return mails.map((mail) => ({
      ...mail,
      text: mail.text.replaceAll(/https?:\/\/[^/\s]+(?=\/s\/)/g, service.url),
    }));
  };

  it('goes to three residents; one answers, two are reminded, and one of them answers by the first link', async () => {
    const token = await createToken(service.ctx, { name: 'journey', scopes: ['contacts:write'] });
    const body = ['anna', 'bram', 'chris'].map((name) => ({
      ...{ source: 'balie', id: name, occurredAt: clock.now().toISOString() },
      ...{ department: 'burgerzaken', channel: 'counter', recipient: { email: `${name}@inwoners.example` } },
    }));
    const sent = await fetch(`${service.url}/v1/contacts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(sent.status).to.equal(202);
    clock.advance(dayMs);
    await service.jobs!.drain();
    const first = await outbox();
    expect(first.map(({ to }) => to)).to.have.members(
      ['anna', 'bram', 'chris'].map((name) => `${name}@inwoners.example`),
    );
    await answerMail(first.find(({ to }) => to.startsWith('anna'))!, person);

    clock.advance(7 * dayMs);
    await service.jobs!.drain();
    const reminders = (await outbox()).filter(({ subject }) => subject.startsWith('Herinnering'));
    expect(reminders.map(({ to }) => to)).to.have.members([
      'bram@inwoners.example',
      'chris@inwoners.example',
    ]);
    const links = new Set([...first, ...reminders].map(surveyLink));
    expect(links.size).to.equal(5);

    await answerMail(first.find(({ to }) => to.startsWith('bram'))!, person);
    const again = await fetch(surveyLink(reminders.find(({ to }) => to.startsWith('bram'))!));
    expect(await again.text()).not.to.include('<form method="post"');
    expect(await InvitationModel.countDocuments({ address: { $exists: true } })).to.equal(0);

    clock.advance(20 * dayMs);
    await service.jobs!.drain();
    expect((await outbox()).length).to.equal(5);
  });

  it('leaves counts only, three years later', async () => {
    clock.advance(3 * 366 * dayMs);
    await service.jobs!.drain();
    expect(await eraseOld(service.ctx)).to.include({ responses: 2, invitations: 3, contacts: 3 });
    await rollUp(service.ctx);
    expect(await checkCells()).to.deep.equal([]);
    expect(await ResponseModel.countDocuments()).to.equal(0);
  });
});
