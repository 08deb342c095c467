import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { recordContacts } from '../../../surveys/contacts/index.ts';
import { claimDue } from '../../../surveys/invitations/index.ts';
import { putEntry } from '../../../surveys/municipality/index.ts';
import { ResponseModel } from '../../../surveys/responses/model.ts';
import { usePages } from '../../support/pages.ts';
import { signedInAs } from '../../support/staff.ts';

describe('cards, letters, kiosks and the phone', () => {
  const pages = usePages();
  const choice = {
    kind: 'card',
    department: 'burgerzaken',
    channel: 'counter',
    product: '',
    stage: '',
    until: '',
  };

  beforeEach(async () => {
    await putEntry('department', 'burgerzaken', { names: { nl: 'Burgerzaken' } });
    await putEntry('department', 'werk', { names: { nl: 'Werk en inkomen' } });
    await putEntry('product', 'paspoort', { names: { nl: 'Paspoort' } });
  });

  /** Makes a code as the coordinator of burgerzaken, and opens its page. */
  async function make(fields: Partial<typeof choice> = {}) {
    const coordinator = await signedInAs(pages, 'coordinator');
    const made = await coordinator.post('/cards', { ...choice, ...fields }, '/cards');
    const path = made.headers.get('location') ?? '';
    const { text } = await coordinator.get(path);
    return {
      coordinator,
      path,
      made,
      page: parse(text),
      code: /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? '',
    };
  }

  /** Opens the questions by a code and answers them after a while. */
  async function answer(code: string, answers: Record<string, string>) {
    const form = parse((await pages.request(`/r/${code}`)).text);
    const ticket = form.querySelector('input[name=_ticket]')?.getAttribute('value') ?? '';
    pages.ctx.clock.advance(30_000);
    return pages.post(`/r/${code}?lang=nl`, { _ticket: ticket, ...answers });
  }

  it('prints eight cards or a letter, each with QR code and short code', async () => {
    const { page, path, code, coordinator } = await make({ product: 'paspoort', stage: 'decision' });
    const cards = page.querySelectorAll('.ge-card');
    expect(cards).to.have.length(8);
    expect(cards.every((card) => card.text.includes(code) && card.querySelector('svg[role=img]'))).to.equal(
      true,
    );
    const letter = parse((await coordinator.get(`${path.split('?')[0]}?form=letter`)).text).querySelector(
      '.ge-letter',
    );
    expect(letter?.text).to.include(code).and.include('Beste meneer of mevrouw');
  });

  it('leads from the code, however it is typed, to the questions, and keeps how they were answered', async () => {
    const { code } = await make({ product: 'paspoort', stage: 'decision' });
    const typed = ` ${code.toLowerCase().replace('-', ' ')} `;
    const { status, headers } = await pages.post('/?lang=nl', { code: typed });
    expect([status, headers.get('location')]).to.deep.equal([303, `/r/${code}?lang=nl`]);
    expect((await answer(code, { overall: '8' })).status).to.equal(303);
    expect(await ResponseModel.findOne().lean()).to.deep.include({
      ...{
        department: 'burgerzaken',
        channel: 'counter',
        product: 'paspoort',
        stage: 'decision',
        mode: 'web',
      },
      answers: { overall: 8 },
    });
  });

  it('leads from the code of an invitation by letter, however it is typed, to its questions', async () => {
    const address = {
      name: 'J. Jansen',
      street: 'Kade',
      houseNumber: '1',
      postcode: '1315 HT',
      city: 'Almere',
    };
    const event = { source: 'balie', id: 'letter', department: 'burgerzaken', channel: 'counter' };
    const occurredAt = pages.ctx.clock.now().toISOString();
    const byLetter = { ...event, occurredAt, recipient: { address } };
    const [result] = await recordContacts({ ...pages.ctx, letters: true }, [byLetter]);
    pages.ctx.clock.set(new Date(result!.sendAt!));
    const [claim] = await claimDue(pages.ctx, 'worker', { limit: 1, leaseMs: 60_000 });
    const code = claim!.token.toLowerCase().replaceAll('-', ' - ');
    const { status, headers } = await pages.post('/?lang=en', { code });
    expect([status, headers.get('location')]).to.deep.equal([303, `/s/${claim!.token}?lang=en`]);
    expect((await pages.request(`/s/${claim!.token}`)).status).to.equal(200);
    const unknown = code.replace(/^./, (first) => (first === '7' ? '8' : '7'));
    expect((await pages.post('/', { code: unknown })).status).to.equal(404);
  });

  it('says of a wrong code only that it is not known', async () => {
    const words = async (code: string) => {
      const { status, text } = await pages.post('/?lang=nl', { code });
      const page = parse(text);
      expect(page.querySelector('[role=alert]')?.text).to.include('Deze code kennen wij niet.');
      return status;
    };
    expect(await words('0000-0000')).to.equal(404);
    expect(await words('geen code')).to.equal(404);
    expect(await words('')).to.equal(404);
  });

  it('limits guesses of a network, and not who types a code that is ours', async () => {
    const { code } = await make();
    let refused = 0;
    for (let guess = 0; guess < 70; guess += 1) {
      refused += (await pages.post('/', { code: '0000-0000' })).status === 429 ? 1 : 0;
    }
    expect(refused).to.be.at.least(10);
    expect((await pages.post('/', { code })).status).to.equal(303);
  });

  it('makes no code for a department of others, for what is not in the lists, or for a day gone by', async () => {
    const refused = async (fields: Partial<typeof choice>) => {
      const { made } = await make(fields);
      return [made.status, parse(made.text).querySelector('[role=alert] li')?.text];
    };
    expect(await refused({ department: 'werk' })).to.deep.equal([400, 'Kies een afdeling van u.']);
    expect(await refused({ stage: 'elders' })).to.deep.equal([400, 'Kies een fase uit de lijst.']);
    expect(await refused({ until: '2026-03-09' })).to.deep.equal([
      400,
      'Vul een dag in die nog komt, hoogstens twee jaar vooruit.',
    ]);
  });

  it('closes a code', async () => {
    const { coordinator, path, code } = await make();
    const id = path.split('?')[0] ?? '';
    expect((await coordinator.post(`${id}/close`, {}, '/cards')).status).to.equal(303);
    pages.ctx.clock.advance(1_000);
    expect((await pages.request(`/r/${code}`)).status).to.equal(410);
  });

  it('on a kiosk, leads nowhere else, starts again by itself, and shows the next person nothing of the last', async () => {
    const { code } = await make({ kind: 'kiosk' });
    const opened = await pages.request(`/r/${code}`);
    const page = parse(opened.text);
    expect(page.querySelector('body.ge-kiosk')).not.to.equal(null);
    expect(page.querySelectorAll('a').map((link) => link.getAttribute('href')?.[0])).not.to.include('/');
    const nonce = page.querySelector('script')?.getAttribute('nonce');
    expect(opened.headers.get('content-security-policy')).to.include(`script-src 'nonce-${nonce}'`);
    expect(opened.headers.get('cache-control')).to.equal('no-store');
    expect(page.querySelector('noscript')?.innerHTML).to.include(`url=/r/${code}`);

    const posted = await answer(code, { overall: '3' });
    expect(posted.headers.getSetCookie()).to.deep.equal([]);
    const thanks = await pages.request(posted.headers.get('location') ?? '');
    expect(thanks.headers.get('refresh')).to.equal(`12;url=/r/${code}`);
    expect(await ResponseModel.findOne().lean()).to.include({ mode: 'kiosk' });
  });

  it('lets a member of staff fill it in for who is on the phone, and keeps that', async () => {
    const { code, page } = await make({ kind: 'phone', channel: 'phone' });
    expect(page.text).to.include('Geef dit adres niet aan inwoners.');
    await answer(code, { overall: '6' });
    expect(await ResponseModel.findOne().lean()).to.include({ mode: 'phone', channel: 'phone' });
  });
});
