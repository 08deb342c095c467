import { expect } from 'chai';
import { type Jobs, startJobs } from '../../jobs/start.ts';
import type { Mail, Transport } from '../../jobs/transport/index.ts';
import { createRelease } from '../../surveys/aggregates/index.ts';
import { putEntry } from '../../surveys/municipality/index.ts';
import { putSurveySettings } from '../../surveys/settings/index.ts';
import { useBrowser } from '../support/browser.ts';
import { invite, usePages } from '../support/pages.ts';
import { signInAs } from '../support/tour-parts.ts';
import { putAnswers, type TestCell } from '../surveys/aggregates/answers.ts';

const survey = 'customer-journey';

/** Jobs that send when they are told to, and what they sent. */
function useJobs(pages: ReturnType<typeof usePages>) {
  const mails: Mail[] = [];
  let jobs: Jobs | undefined;
  const transport: Transport = {
    send: async (mail) => {
      mails.push(mail);
      return { kind: 'accepted' };
    },
    close: async () => {},
  };
  beforeEach(async () => {
    mails.length = 0;
    const settings = { baseUrl: pages.url, mailFrom: 'vraag@gemeente.example' };
    jobs = startJobs(pages.ctx, { transport, settings, schedule: false });
    await putEntry('department', 'burgerzaken', {
      names: { nl: 'Burgerzaken' },
      email: 'bz@gemeente.example',
    });
    await putEntry('product', 'paspoort', { names: { nl: 'Paspoort' } });
  });
  afterEach(() => jobs?.close());
  return { mails, run: () => jobs!.drain() };
}

describe('from signal to action in a browser', () => {
  const pages = usePages();
  const browser = useBrowser();
  const { mails, run } = useJobs(pages);

  /** So many satisfied and other answers a month, quarter by quarter. */
  function year(department: string, quarters: [number, number][]): TestCell[] {
    return quarters.flatMap(([satisfied, others], quarter) =>
      [1, 2, 3].map((month) => ({
        place: { department, month: `2026-${String(quarter * 3 + month).padStart(2, '0')}` },
        histograms: { overall: { 8: satisfied, 4: others } },
      })),
    );
  }

  it('an action goes from a low figure to "you said, we did", with its effect, and to who asked to hear', async () => {
    const { ctx, url } = pages;
    await putSurveySettings(survey, { tables: [{ by: ['department', 'period'] }] });
    const page = await browser.visitor();

    ctx.clock.set('2026-05-20T09:00:00Z');
    await signInAs(pages, page, 'coordinator');
    await page.goto(`${url}/actions?lang=nl`);
    await page.getByRole('link', { name: 'Nieuwe actie' }).click();
    await page.getByLabel('Signaal', { exact: true }).selectOption('cell');
    await page.getByLabel('Wat viel op?').fill('Laag cijfer in mei: lange wachttijd');
    await page.getByLabel('Maand van het signaal').fill('mei 26');
    await page.getByLabel('Product', { exact: true }).selectOption('paspoort');
    await page.getByLabel('Wat doen wij?').fill('Ook in de avond open');
    await page.getByLabel('Wie zorgt ervoor?').fill('Eva');
    await page.getByLabel('Klaar op').fill('2026-06-30');
    await page.getByLabel('Welk cijfer moet omhoog?').selectOption(`${survey}.overall`);
    await page.getByRole('button', { name: 'Plan deze actie' }).click();
    expect(await page.getByRole('alert').textContent()).to.include('Vul de maand in als 2026-03');
    await page.getByLabel('Maand van het signaal').fill('2026-05');
    await page.getByRole('button', { name: 'Plan deze actie' }).click();
    expect(await page.locator('h1').textContent()).to.equal('Ook in de avond open');
    const action = page.url();

    ctx.clock.set('2026-06-20T09:00:00Z');
    await signInAs(pages, page, 'coordinator');
    await page.goto(action);
    await page.getByRole('button', { name: 'Dit is gedaan' }).click();
    expect(await page.locator('main').textContent()).to.include('Wij vergelijken 2026-Q1 met 2026-Q3');

    ctx.clock.set('2027-01-05T09:00:00Z');
    const low: [number, number] = [10, 90];
    const usual: [number, number] = [120, 80];
    await putAnswers([
      ...year('burgerzaken', [[100, 100], low, [180, 20], usual]),
      ...year('vergunningen', [usual, usual, usual, usual]),
      ...year('belastingen', [usual, usual, usual, usual]),
    ]);
    await createRelease(ctx, survey);
    await signInAs(pages, page, 'coordinator');
    await page.goto(action);
    const effect = await page.locator('main').textContent();
    expect(effect).to.include('Het is beter geworden.').and.include('+40 (van +');

    const resident = await browser.visitor();
    await resident.goto(`${url}/follow?product=paspoort&lang=nl`);
    await resident.getByLabel('E-mailadres').fill('inwoner@voorbeeld.example');
    await resident.getByRole('button', { name: 'Vraag om bericht' }).click();
    await run();
    await resident.goto(/\S+\/follow\/confirm\/\S+/.exec(mails.at(-1)!.text)![0]);
    await resident.getByRole('button', { name: 'Ja, stuur mij bericht' }).click();
    expect(await resident.locator('h1').textContent()).to.equal('U krijgt bericht');

    await page.getByLabel('U zei').fill('Ik moest lang wachten. Bel 06 12345678.');
    await page.getByLabel('Wij deden').fill('Wij zijn nu ook op donderdagavond open.');
    await page.getByRole('button', { name: 'Publiceer' }).click();
    expect(await page.getByRole('alert').textContent()).to.include('adres of nummer van iemand');
    await page.getByLabel('U zei').fill('Ik moest lang wachten.');
    await page.getByRole('button', { name: 'Publiceer' }).click();
    await page.getByRole('link', { name: 'Bekijk de pagina' }).click();
    expect(await page.locator('main').textContent()).to.include('donderdagavond');

    await run();
    const news = mails.at(-1)!;
    expect(news.to).to.equal('inwoner@voorbeeld.example');
    expect(news.text).to.include('Ik moest lang wachten.').and.include('donderdagavond');
    expect(news.headers['List-Unsubscribe-Post']).to.equal('List-Unsubscribe=One-Click');

    const { survey: path } = await invite(ctx, { product: 'paspoort' });
    await resident.goto(url + path);
    await resident.locator('input[name=overall][value="9"]').check();
    await resident.getByRole('button', { name: 'Verstuur mijn antwoord' }).click();
    expect(await resident.locator('main').textContent()).to.include('donderdagavond');
    const follow = await resident.getByRole('link', { name: 'Vraag om bericht' }).getAttribute('href');
    expect(follow).to.equal('/follow?product=paspoort&lang=nl');

    await resident.goto(/<(\S+)>/.exec(news.headers['List-Unsubscribe']!)![1]!);
    await resident.getByRole('button', { name: 'Stop en wis mijn adres' }).click();
    expect(await resident.locator('h1').textContent()).to.equal('U krijgt geen bericht meer');
  });

  it('a low grade with a wish to be called alerts the department within minutes, and is overdue after two working days', async () => {
    const { ctx, url } = pages;
    await putSurveySettings(survey, { callbacks: { departments: ['burgerzaken'] } });
    const { survey: path } = await invite(ctx);
    const resident = await browser.visitor({ width: 320 });
    await resident.goto(url + path);
    await resident.locator('input[name=overall][value="2"]').check();
    await resident.getByRole('group', { name: 'Zullen wij u hierover bellen?' }).getByLabel('ja').check();
    await resident.getByLabel('Op welk telefoonnummer').fill('06 12345678');
    await resident.getByRole('button', { name: 'Verstuur mijn antwoord' }).click();
    expect(await resident.locator('main').textContent()).to.include('Wij bellen u uiterlijk');

    ctx.clock.advance(60_000);
    await run();
    const [alert] = mails.filter(({ to }) => to === 'bz@gemeente.example');
    expect(alert?.subject).to.match(/^Dringend/);
    expect(`${alert?.text}${alert?.html}`).not.to.match(/12345678|[+]31/);
    ctx.clock.advance(60_000);
    await run();
    expect(mails.filter(({ to }) => to === 'bz@gemeente.example')).to.have.length(1);

    ctx.clock.advance(7 * 86_400_000);
    await run();
    await run();
    const digests = mails.filter(({ text }) => text?.includes('1 inwoner is nog niet gebeld'));
    expect(digests.map(({ to }) => to)).to.deep.equal(['bz@gemeente.example']);
    expect(`${digests[0]!.text}${digests[0]!.html}`).not.to.match(/12345678|[+]31/);
    const page = await browser.visitor();
    await signInAs(pages, page, 'coordinator');
    await page.goto(`${/https?:\S+\/callbacks/.exec(digests[0]!.text)![0]}?lang=nl`);
    expect(await page.locator('main').textContent()).to.include('Bij 1 is de termijn voorbij.');
    await page.getByRole('button', { name: 'Gebeld' }).click();
    expect(await page.locator('main').textContent()).to.include('Het nummer is gewist');
    expect(await page.locator('main').textContent()).not.to.include('+31612345678');
  });
});
