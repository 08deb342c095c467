import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { textOf } from '../../../jobs/notices/text-of.ts';
import { readAggregates } from '../../../surveys/aggregates/index.ts';
import { ArenaSessionModel, arenasDue, carryOnArenas } from '../../../surveys/client-arena/index.ts';
import { putEntry } from '../../../surveys/municipality/index.ts';
import { NoticeModel } from '../../../surveys/notices/model.ts';
import { usePages } from '../../support/pages.ts';
import { type StaffBrowser, signedInAs } from '../../support/staff.ts';

describe('a client arena', () => {
  const pages = usePages();
  const session = {
    theme: 'Paspoort aanvragen',
    department: 'burgerzaken',
    date: '2026-03-12',
    place: 'Stadhuis, zaal 2',
    facilitator: 'Noor',
    facilitatorEmail: 'noor@bureau.example',
  };
  let facilitator: StaffBrowser;

  beforeEach(async () => {
    await putEntry('department', 'burgerzaken', { names: { nl: 'Burgerzaken' } });
    await putEntry('department', 'werk', { names: { nl: 'Werk en inkomen' } });
    facilitator = await signedInAs(pages, 'coordinator');
  });

  async function plan(fields: Partial<typeof session> = {}): Promise<string> {
    const { status, headers } = await facilitator.post('/arenas', { ...session, ...fields }, '/arenas');
    expect(status).to.equal(303);
    return (headers.get('location') ?? '').split('?')[0] ?? '';
  }

  const open = async (path: string) => parse((await facilitator.get(path)).text);
  /** The codes of the four forms, in the order of the page. */
  const codesOf = async (path: string) =>
    (await open(path)).querySelectorAll('.ge-code__text').map(({ text }) => text) as [
      string,
      string,
      string,
      string,
    ];

  /** Everybody answers on a device of their own, one after another. */
  async function answer(code: string, all: Record<string, string>[]): Promise<void> {
    for (const answers of all) {
      const form = parse((await pages.request(`/r/${code}`)).text);
      const ticket = form.querySelector('input[name=_ticket]')?.getAttribute('value') ?? '';
      pages.ctx.clock.advance(20_000);
      expect((await pages.post(`/r/${code}`, { _ticket: ticket, ...answers })).status).to.equal(303);
    }
  }

  const guesses = [8, 8, 7, 9, 8, 7, 8, 9, 8, 8];
  const grades = [5, 6, 4, 5, 6, 7, 5, 4, 6, 5, 3, 6];
  const asGuess = guesses.map((guess) => ({ guess: String(guess) }));
  const asGrade = grades.map((baseline) => ({ baseline: String(baseline) }));

  it('tells how far the listeners guessed from what the participants said, and how sure that is', async () => {
    const path = await plan();
    const [participantsBefore, listenersBefore, participantsAfter] = await codesOf(path);
    await answer(participantsBefore, asGrade);
    await answer(listenersBefore, asGuess);
    await answer(
      participantsAfter,
      grades.map(() => ({ heard: '4', safety: '5', again: 'yes' })),
    );
    expect((await open(path)).text).to.include('De uitslag komt als u de sessie sluit.');

    await facilitator.post(`${path}/close`, {}, path);
    const { text } = await open(path);
    // Means 8.0 and 5.17; Welch for these twenty-two grades gives 2.83 ± 0.85, the published means and bands a little more.
    expect(text).to.include(
      'Medewerkers schatten gemiddeld een 8,0. Inwoners gaven gemiddeld een 5,2. Het verschil is 2,8',
    );
    expect(text).to.include('Wij schatten ons hoger in dan inwoners ons ervaren.');
    expect(text).to.match(/de medewerkers begrepen mijn verhaal \(1-5\)4,0100%/);
    expect((await pages.request(`/r/${participantsBefore}`)).status).to.equal(410);
  });

  it('keeps two sessions of one department and month apart', async () => {
    const [first, second] = [await plan(), await plan({ theme: 'Verhuizen', date: '2026-03-20' })];
    await answer((await codesOf(first))[0], asGrade);
    await answer(
      (await codesOf(second))[0],
      grades.slice(0, 10).map(() => ({ baseline: '9' })),
    );
    await facilitator.post(`${first}/close`, {}, first);
    const survey = 'client-arena-participant-before';
    const rows = async () => (await readAggregates({ survey, question: 'baseline', by: 'product' })).rows;
    expect((await rows()).filter(({ mean }) => mean !== undefined)).to.have.length(1);
    await facilitator.post(`${second}/close`, {}, second);
    expect((await rows()).map(({ mean, responses }) => [mean, responses])).to.have.deep.members([
      [5.2, 12],
      [9, 10],
    ]);
  });

  it('shows no figure under 10 participants or 5 listeners', async () => {
    const path = await plan();
    const [participantsBefore, listenersBefore] = await codesOf(path);
    await answer(participantsBefore, asGrade.slice(0, 9));
    await answer(listenersBefore, asGuess.slice(0, 4));
    await facilitator.post(`${path}/close`, {}, path);
    const page = await open(path);
    expect(page.text).to.include(
      'Er is geen uitslag: daarvoor zijn minstens 10 deelnemers en 5 luisteraars nodig',
    );
    expect(page.querySelectorAll('em').map(({ text }) => text)).to.deep.equal(Array(7).fill('niet getoond'));
  });

  it('keeps what is said without addresses and numbers, and what is agreed as an action of the department', async () => {
    const path = await plan();
    await facilitator.post(
      `${path}/cards/bottleneck`,
      { 'text-bottleneck': 'Bel mij op 06-12345678, wachten duurt lang' },
      path,
    );
    await facilitator.post(`${path}/cards/wish`, { 'text-wish': 'Een afspraak op zaterdag' }, path);
    await facilitator.post(
      `${path}/agreements`,
      { about: 'Een afspraak op zaterdag', what: 'Proef met zaterdag open', owner: 'Anna', by: '2026-05-01' },
      path,
    );
    const report = (await open(`${path}/report`)).querySelector('main')?.text ?? '';
    expect(report)
      .to.include('Bel mij op [telefoon], wachten duurt lang')
      .and.include('Een afspraak op zaterdag');
    expect(report).to.include('Proef met zaterdag openAnna1 mei 2026gepland');
    expect(report).not.to.include('06-12345678');
    expect((await facilitator.get('/actions')).text).to.include('Proef met zaterdag open');

    const card = (await open(path)).querySelector('form[action*="/remove"]')?.getAttribute('action') ?? '';
    await facilitator.post(card, {}, path);
    expect((await open(path)).querySelectorAll('.ge-board__card')).to.have.length(1);
  });

  it('says what is wrong with a session, a card and an agreement', async () => {
    const wrong = {
      ...session,
      theme: '',
      date: '2027-12-01',
      facilitatorEmail: 'geen adres',
      department: 'werk',
    };
    const planned = await facilitator.post('/arenas', wrong, '/arenas');
    expect(planned.status).to.equal(400);
    const faults = parse(planned.text)
      .querySelectorAll('[role=alert] li')
      .map(({ text }) => text);
    expect(faults)
      .to.include('Vul het thema in.')
      .and.include('Vul een geldig e-mailadres van de gespreksleider in.');
    expect(
      (await facilitator.post('/arenas', { ...session, department: 'werk' }, '/arenas')).status,
    ).to.equal(400);
    const path = await plan();
    expect((await facilitator.post(`${path}/cards/wish`, { 'text-wish': ' ' }, path)).status).to.equal(400);
    expect((await facilitator.post(`${path}/agreements`, { about: 'x' }, path)).status).to.equal(400);
  });

  it('is not found by the coordinator of another department', async () => {
    const path = await plan();
    const other = await signedInAs(pages, 'programme-manager');
    expect((await other.get(path)).status).to.equal(200);
    await ArenaSessionModel.updateOne({}, { $set: { department: 'werk' } });
    expect((await facilitator.get(path)).status).to.equal(404);
    expect((await facilitator.post(`${path}/close`, {}, '/arenas')).status).to.equal(404);
  });

  it('asks the facilitator once, two months later, what became of it, and then forgets the address', async () => {
    const path = await plan();
    const settings = { baseUrl: pages.url, mailFrom: 'klant@gemeente.example' };
    pages.ctx.clock.set('2026-05-11T09:00:00Z');
    await carryOnArenas(pages.ctx);
    expect((await ArenaSessionModel.findOne().lean())?.closed).to.equal(true);
    expect(await NoticeModel.countDocuments({ kind: 'arenaCheck' })).to.equal(0);

    pages.ctx.clock.set('2026-05-12T09:00:00Z');
    expect(await arenasDue(pages.ctx)).to.equal(true);
    await carryOnArenas(pages.ctx);
    await carryOnArenas(pages.ctx);
    const [notice, ...more] = await NoticeModel.find({ kind: 'arenaCheck' }).lean();
    expect(more).to.deep.equal([]);
    expect(await textOf(pages.ctx, notice!, settings)).to.include({
      to: 'noor@bureau.example',
      url: `${pages.url}${path}`,
    });
    const later = await signedInAs(pages, 'programme-manager');
    expect((await later.get(path)).text).to.include('Het is tijd voor de controle');

    pages.ctx.clock.set('2026-05-27T09:00:00Z');
    await carryOnArenas(pages.ctx);
    expect(await ArenaSessionModel.findOne().lean()).not.to.have.property('facilitatorAddress');
    expect(await textOf(pages.ctx, notice!, settings)).to.equal(undefined);
    expect(await arenasDue(pages.ctx)).to.equal(false);
  });
});
