import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { outboxDirectory, readOutbox } from '../../jobs/transport/index.ts';
import { loadConfig } from '../../server/config.ts';
import { openInstallation } from '../../server/installation.ts';
import { inAmsterdam } from '../../surveys/calendar.ts';
import { planSession } from '../../surveys/client-arena/index.ts';
import { openRound } from '../../surveys/golden-ear/index.ts';
import { findCanaries } from '../support/canaries.ts';
import { onSecondServer } from '../support/mongodb.ts';
import { goldenEar, type ServiceProcess, startServiceProcess } from '../support/service.ts';
import { until } from '../support/until.ts';

const day = 24 * 60 * 60 * 1_000;

/** Residents as planted: what only they and the municipality know. */
const residents = Array.from({ length: 6 }, (_, n) => ({
  email: `kanarie.nummer${n}zqx@inwoners.example`,
  phone: `+3161234567${n}`,
  network: n % 2 ? `203.0.113.${100 + n}` : `2001:db8:77:${n}::ca4a`,
  contact: `zaak-kanarie-${n}-wvk`,
}));

/** Somebody who can only be written to, and where letters are turned on. */
const byPost = {
  contact: 'zaak-kanarie-brief-wvk',
  address: {
    ...{ name: 'Kanarienaamwqz', street: 'Kanariestraatwegje', houseNumber: '7713-kx' },
    ...{ postcode: '9131 QZ', city: 'Kanariestadwqz' },
  },
};
const notifyId = '26785a09-ab16-4eb0-8407-a37497a57506';
const letters = {
  ...{ NOTIFY_URL: 'http://127.0.0.1:9', NOTIFY_API_KEY: `luister-${notifyId}-${notifyId}` },
  ...{ NOTIFY_EMAIL_TEMPLATE: notifyId, NOTIFY_LETTER_TEMPLATE: notifyId },
};

/** Colleagues of whom an address is kept for a while. */
const staff = {
  asked: 'kanarie.collega.qvx@gemeente.example',
  facilitator: 'kanarie.leider.qvx@gemeente.example',
};

/** Personal data in a comment, as residents write it. */
const comment = {
  written:
    'Prima geholpen. Mail mij op piet.kanarievogel@voorbeeld.example of bel 06-87654321, rekening NL91 ABNA 0417 1643 00, bsn 111222333.',
  secrets: ['piet.kanarievogel', '06-87654321', '0417 1643 00', '111222333'],
};

describe('The data directory after a way of working', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-canaries-'));
  const outbox = outboxDirectory(dataDir);
  const env = { DATA_DIR: dataDir, TRUST_PROXY: '1', LOG_LEVEL: 'debug', SECRET_KEY: 'k'.repeat(40) };
  const logs: string[] = [];
  let service: ServiceProcess | undefined;
  after(async () => {
    await service?.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Starts the service so many days from now: the outbox tells its age by the clock of the machine. */
  async function serveAt(days: number, more: Record<string, string> = {}): Promise<ServiceProcess> {
    const start = new Date(Date.now() + days * day).toISOString();
    service = await startServiceProcess({ ...env, ...more }, ['--as-of', start]);
    return service;
  }

  async function mailsTo(part: string) {
    return (await readOutbox(outbox)).filter(({ to }) => to.includes(part));
  }

  /** A quickscan round and a client arena, as a department plans them. */
  async function askColleagues(): Promise<void> {
    const { ctx, close } = await openInstallation(loadConfig(env));
    try {
      const inDays = (days: number) => inAmsterdam(new Date(Date.now() + days * day)).toISODate();
      const department = 'burgerzaken';
      const round = { department, startDate: inDays(0), endDate: inDays(20), addresses: [staff.asked] };
      await openRound(ctx, round);
      const place = { theme: 'Balie', department, date: inDays(7), place: 'Zaal 1', facilitator: 'Ina' };
      await planSession(ctx, { ...place, facilitatorEmail: staff.facilitator });
    } finally {
      await close();
    }
  }

  async function stop(): Promise<void> {
    logs.push(service!.output());
    await service!.stop();
    service = undefined;
  }

  it('holds no address, phone number, token, network address or secret of a comment', async function () {
    if (onSecondServer) this.skip();
    const canaries = residents.flatMap(({ email, phone, network, contact }) => [
      email,
      email.split('@')[0]!,
      phone,
      phone.replace('+31', '0'),
      network,
      contact,
    ]);
    canaries.push(...comment.secrets, ...Object.values(staff), byPost.contact);
    canaries.push(...Object.values(byPost.address), byPost.address.postcode.replace(' ', ''));

    const made = await goldenEar(
      ['token', 'create', '--name', 'zaken', '--scopes', 'contacts:write,surveys:write'],
      env,
    );
    const key = /goldenear_\w+/.exec(made.stdout)?.[0] ?? '';
    canaries.push(key);

    const first = await serveAt(0, letters);
    const put = await fetch(`${first.url}/v1/surveys/customer-journey/settings`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ callbacks: { departments: ['burgerzaken'] } }),
    });
    expect(put.status).to.equal(200);
    const sent = await fetch(`${first.url}/v1/contacts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(
        [
          ...residents.map(({ email, phone, contact }) => ({ contact, recipient: { email, phone } })),
          { contact: byPost.contact, recipient: { address: byPost.address } },
        ].map(({ contact, recipient }) => ({
          source: 'zaaksysteem',
          id: contact,
          occurredAt: new Date(Date.now() - 60_000).toISOString(),
          department: 'burgerzaken',
          channel: 'phone',
          recipient,
        })),
      ),
    });
    expect(sent.status).to.equal(202);
    expect(await sent.text()).not.to.include('noAddress');
    expect(findCanaries(canaries, dataDir), 'while mails are planned').to.deep.equal([]);
    await stop();
    await askColleagues();
    expect(findCanaries(canaries, dataDir), 'while colleagues are asked').to.deep.equal([]);

    const second = await serveAt(6);
    await until(async () => (await mailsTo('@inwoners.')).length === residents.length);
    await until(async () => (await mailsTo(staff.asked)).length === 1);
    const mails = await mailsTo('@inwoners.');
    const paths = mails.map(({ text }) => /\/s\/[\w-]{32}/.exec(text)?.[0] ?? '');
    const optOuts = mails.map(({ text }) => /\/o\/[\w-]{80}/.exec(text)?.[0] ?? '');
    canaries.push(...[...paths, ...optOuts].map((path) => path.slice(3)));
    expect(canaries.every((one) => one.length > 5)).to.equal(true);
    for (const [n, path] of paths.entries()) {
      const headers = { 'x-forwarded-for': residents[n]!.network, accept: 'text/html' };
      const page = parse(await (await fetch(second.url + path, { headers })).text());
      const field = page.querySelector('textarea')?.getAttribute('name') ?? '';
      const body = new URLSearchParams({
        ...{ overall: String(4 + n), [field]: comment.written },
        ...{ callback: 'yes', callbackNumber: residents[n]!.phone },
      });
      if (n === 0) await fetch(second.url + optOuts[n]!, { method: 'POST', headers });
      else if (n < 4) {
        const posted = await fetch(second.url + path, { method: 'POST', headers, body, redirect: 'manual' });
        expect(posted.status).to.equal(303);
      }
      if (n === 3) await fetch(`${second.url}${path}/delete`, { method: 'POST', headers });
      await fetch(`${second.url}${path}x`, { headers });
      const email = residents[n]!.email;
      await fetch(`${second.url}/follow`, { method: 'POST', headers, body: new URLSearchParams({ email }) });
    }
    await stop();

    // The mails in the outbox are what a resident gets: addresses and links are in them until they end.
    expect(findCanaries(canaries, dataDir).every(({ file }) => file.startsWith('outbox/'))).to.equal(true);

    await serveAt(120);
    await until(async () => readdirSync(outbox).length === 0);
    await stop();
    const sightings = findCanaries(canaries, dataDir, Object.fromEntries(logs.entries()));
    expect(sightings).to.deep.equal([]);
    expect(readdirSync(dataDir)).to.include('store.mdb');
    expect(logs.join('').length).to.be.above(1_000);
  });
});

describe('The search for canaries', () => {
  it('finds them in other encodings and inside what was packed', () => {
    const directory = mkdtempSync(join(tmpdir(), 'golden-ear-canary-'));
    const canary = 'eva.kanarie@inwoners.example';
    const hidden = {
      plain: Buffer.from(`x${canary}x`),
      'two bytes': Buffer.from(`x${canary}`, 'utf16le'),
      base64: Buffer.from(Buffer.from(`abcd${canary}e`).toString('base64')),
      packed: Buffer.concat([Buffer.from('before'), gzipSync(`page of ${canary}`), Buffer.from('after')]),
      hex: Buffer.from(Buffer.from(canary).toString('hex')),
    };
    for (const [name, content] of Object.entries(hidden)) writeFileSync(join(directory, name), content);
    writeFileSync(join(directory, 'innocent'), 'eva@inwoners.example');
    const found = new Set(findCanaries([canary], directory).map(({ file }) => file.split(' (')[0]));
    rmSync(directory, { recursive: true });
    expect([...found]).to.have.members(Object.keys(hidden));
  });
});
