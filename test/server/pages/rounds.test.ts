import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { seededRandom } from '../../../server/demo/random.ts';
import { createRelease, rollUp } from '../../../surveys/aggregates/index.ts';
import { carryOnRounds, findRound } from '../../../surveys/golden-ear/index.ts';
import { putEntry } from '../../../surveys/municipality/index.ts';
import { recordResponses } from '../../../surveys/responses/index.ts';
import { putSurveySettings } from '../../../surveys/settings/index.ts';
import { findSharedLink } from '../../../surveys/shared-links/index.ts';
import { usePages } from '../../support/pages.ts';
import { type StaffBrowser, signedInAs } from '../../support/staff.ts';
import { answerLink, randomScan } from '../../surveys/golden-ear/rounds/answers.ts';
import { independentScore } from '../../surveys/golden-ear/rounds/independent-score.ts';

describe('the pages of quickscan rounds', () => {
  const pages = usePages();
  const form = {
    department: 'burgerzaken',
    startDate: '2026-03-10',
    endDate: '2026-03-24',
    addresses: 'eva@gemeente.example\nadam@gemeente.example',
  };
  const scansOf = (count: number, seed = 4) => {
    const random = seededRandom(seed);
    return Array.from({ length: count }, () => randomScan(random, 0));
  };

  beforeEach(async () => {
    for (const [key, nl] of [
      ['burgerzaken', 'Burgerzaken'],
      ['parken', 'Parken'],
    ] as const)
      await putEntry('department', key, { names: { nl } });
  });

  /** Opens a round by the form, lets colleagues answer, closes it, and comes back after an hour (signed in anew). */
  async function wholeRound(scans: object[]): Promise<{ staff: StaffBrowser; path: string }> {
    const staff = await signedInAs(pages, 'coordinator');
    const opened = await staff.post('/rounds', form, '/rounds');
    expect(opened.status).to.equal(303);
    const path = new URL(opened.headers.get('location')!, pages.url).pathname;
    const { text } = await staff.get(path);
    const code = parse(text).querySelector('main strong')!.text;
    await answerLink(pages.ctx, (await findSharedLink(pages.ctx, code))!, scans);
    expect((await staff.post(`${path}/close`, {}, path)).status).to.equal(303);
    pages.ctx.clock.advance(3_600_000);
    await carryOnRounds(pages.ctx);
    return { staff: await signedInAs(pages, 'coordinator'), path };
  }

  it('let a coordinator open one, hand it out, remind everybody once and close it', async () => {
    const staff = await signedInAs(pages, 'coordinator');
    const opened = await staff.post('/rounds', form, '/rounds');
    const path = new URL(opened.headers.get('location')!, pages.url).pathname;
    expect(path).to.equal('/rounds/burgerzaken-2026-03');
    const { text } = await staff.get(path);
    expect(text)
      .to.include('<svg role="img"')
      .and.include('Gevraagd per mail')
      .and.include('Er is nog geen uitslag');
    expect(text).not.to.include('eva@gemeente.example');
    await carryOnRounds(pages.ctx);
    const reminded = await staff.post(`${path}/remind`, {}, path);
    expect((await staff.get(reminded.headers.get('location')!)).text).to.include('De herinnering gaat eruit');
    expect((await staff.post(`${path}/remind`, {}, path)).status).to.equal(400);
    expect((await staff.get('/rounds')).text)
      .to.include('open')
      .and.include('Burgerzaken');
  });

  it('show the result of 12 respondents as an independent implementation gets it', async () => {
    const scans = scansOf(12);
    const { staff, path } = await wholeRound(scans);
    const { text, headers } = await staff.get(path);
    const { total } = independentScore(scans);
    expect(text).to.include(
      `${(Math.round(total! * 10) / 10).toFixed(1).replace('.', ',')} van de 100 punten`,
    );
    expect(text).to.include('Het is geen officiële erkenning').and.include('(aanwijzing)');
    const page = parse(text);
    expect(page.querySelectorAll('svg[role=img]').length).to.equal(2);
    const ids = page.querySelectorAll('[id]').map(({ id }) => id);
    expect(ids).to.have.lengthOf(new Set(ids).size);
    expect(text).not.to.match(/ style=|<style|<script/);
    expect(headers.get('content-security-policy')).not.to.include('unsafe');
    expect(page.querySelectorAll('table').length).to.equal(3);
    expect(text).to.include('Tip: ');

    const json = JSON.parse((await staff.get(`${path}/export?format=json`)).text);
    expect(json.total).to.be.closeTo(total!, 0.05 + 1e-9);
    expect(json.indicative).to.equal(true);
    const csv = await staff.get(`${path}/export?format=csv`);
    expect(csv.headers.get('content-disposition')).to.equal('attachment; filename=burgerzaken-2026-03.csv');
    expect(csv.text.split('\r\n')[1]).to.match(/^total,,/);
  });

  it('show no score at four respondents: not on a page, in an export, or through the API', async () => {
    const { staff, path } = await wholeRound(scansOf(4));
    const { text } = await staff.get(path);
    expect(text)
      .to.include('Te weinig antwoorden voor een uitslag')
      .and.not.include('<svg role="img" aria-labelledby');
    expect(parse(text).querySelectorAll('main table')).to.have.lengthOf(0);
    const json = JSON.parse((await staff.get(`${path}/export?format=json`)).text);
    expect([json.total, json.level, json.perception.staff]).to.deep.equal([null, null, null]);
    for (const { points, mean, spread } of [...json.areas, ...json.statements])
      expect([points ?? null, mean ?? null, spread]).to.deep.equal([null, null, null]);
    const lines = (await staff.get(`${path}/export?format=csv`)).text.trim().split('\r\n').slice(1);
    for (const line of lines) expect(line.split(',').at(-4), line).to.equal('');
    const manager = await signedInAs(pages, 'programme-manager');
    expect((await manager.get('/perception')).text).to.include('Er is nog geen afdeling met een uitslag');
    const query = '/v1/aggregates?survey=golden-ear-quickscan&question=q1,sturing,estimate';
    for (const by of ['', '&by=department', '&by=department,period', '&by=period']) {
      const { text: answer } = await manager.get(query + by, { accept: 'application/json' });
      const { rows, totals } = JSON.parse(answer);
      for (const row of [...rows, ...totals]) expect(row.status, by).to.equal('suppressed');
    }
  });

  it('hold what colleagues think beside what residents say', async () => {
    const items = Array.from({ length: 600 }, (_, index) => ({
      survey: 'customer-journey',
      department: index < 300 ? 'burgerzaken' : 'parken',
      channel: index % 2 ? 'phone' : 'counter',
      mode: 'phone',
      answerDate: index % 3 ? '2026-02-10' : '2026-01-10',
      answers: { overall: (index % 10) + 1, listening: (index % 5) + 1, trust: (index % 5) + 1 },
    }));
    await putSurveySettings('customer-journey', { tables: [{ by: ['department'] }] });
    await recordResponses(pages.ctx, items, { idempotencyKey: 'residents' });
    await rollUp(pages.ctx);
    await createRelease(pages.ctx, 'customer-journey');
    const { staff, path } = await wholeRound(
      scansOf(12).map((scan, index) => ({ ...scan, estimate: 85 + index })),
    );
    const { text } = await staff.get(path);
    expect(text).to.include('Wij denken dat wij beter luisteren dan inwoners ervaren.');
    expect(text).to.include('schatten dat 91 van de 100').and.include('zeggen 40 van de 100');
    expect(parse(text).querySelectorAll('svg[role=img]').length).to.equal(3);
    expect((await staff.get('/perception')).text).to.include('zelfbeeld is beter');
  });

  it('say what is wrong with what was typed, and keep it', async () => {
    const staff = await signedInAs(pages, 'coordinator');
    const wrong = await staff.post(
      '/rounds',
      { ...form, endDate: '2026-03-01', addresses: 'geen adres' },
      '/rounds',
    );
    expect(wrong.status).to.equal(400);
    expect(wrong.text).to.include('Een van de e-mailadressen klopt niet').and.include('geen adres');
    expect((await staff.post('/rounds', form, '/rounds')).status).to.equal(303);
    const again = await staff.post('/rounds', form, '/rounds');
    expect([again.status, again.text.includes('heeft al een ronde')]).to.deep.equal([400, true]);
  });

  it('are of the own departments only', async () => {
    const staff = await signedInAs(pages, 'coordinator');
    expect((await staff.post('/rounds', { ...form, department: 'parken' }, '/rounds')).status).to.equal(403);
    await staff.post('/rounds', form, '/rounds');
    const other = await signedInAs(pages, 'coordinator', ['parken']);
    for (const path of ['', '/export?format=csv'])
      expect((await other.get(`/rounds/burgerzaken-2026-03${path}`)).status).to.equal(404);
    expect((await other.post('/rounds/burgerzaken-2026-03/close', {}, '/rounds')).status).to.equal(404);
    expect((await findRound('burgerzaken-2026-03'))!.result).to.equal(undefined);
    const analyst = await signedInAs(pages, 'analyst');
    expect((await analyst.get('/rounds/burgerzaken-2026-03')).text).not.to.include('/r/');
    expect((await analyst.post('/rounds/burgerzaken-2026-03/close', {}, '/rounds')).status).to.equal(403);
  });
});
