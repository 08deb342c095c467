import { expect } from 'chai';
import { publishSurvey } from '../../surveys/definitions/index.ts';
import { readAnswers } from '../../surveys/responses/index.ts';
import { useBrowser } from '../support/browser.ts';
import { sampleDefinition } from '../support/definition.ts';
import { answerByKeyboard, type Focused, focused } from '../support/keyboard.ts';
import { invite, usePages } from '../support/pages.ts';

const surveys = [
  'customer-journey',
  'golden-ear-quickscan',
  'client-arena-participant-before',
  'client-arena-participant-after',
  'client-arena-listener-before',
  'client-arena-listener-after',
];

/** Somebody with an opinion: the last but one choice, 60 of 100, a few words. */
function opinion(field: Focused, choices: string[]): string {
  const scored = choices.filter((choice) => choice !== '');
  if (scored.length > 0) return scored.at(-2) ?? '';
  return field.tag === 'textarea' ? 'Prima geholpen.' : '60';
}

describe('answering in a browser, by keyboard and without scripts', () => {
  const pages = usePages();
  const browser = useBrowser();

  for (const survey of surveys) {
    for (const language of ['nl', 'en']) {
      it(`${survey} in ${language}: every question`, async () => {
        const { survey: path, token } = await invite(pages.ctx, { survey, language });
        const page = await browser.visitor();
        await page.goto(pages.url + path);
        const asked = await page
          .locator('[data-question]')
          .evaluateAll((fields) => fields.map((field) => field.getAttribute('data-question')));

        const given = await answerByKeyboard(page, opinion);

        expect(new URL(page.url()).pathname).to.equal(`${path}/thanks`);
        expect(await page.locator('html').getAttribute('lang')).to.equal(language);
        const stored = (await readAnswers(token)) ?? {};
        expect(Object.keys(stored)).to.have.members(asked);
        for (const [key, answer] of Object.entries(stored)) expect(String(answer)).to.equal(given[key]);
      });
    }
  }

  it('leads from each fault to its field', async () => {
    const { survey } = await invite(pages.ctx, { survey: 'golden-ear-quickscan' });
    const page = await browser.visitor();
    await page.goto(pages.url + survey);
    await answerByKeyboard(page, (field, choices) =>
      field.name === 'estimate' ? 'veel' : choices.length > 0 ? (choices[0] ?? '') : '',
    );
    expect(await page.title()).to.match(/^Fout: /);
    expect((await focused(page)).text).to.match(/^Er gaat iets mis/);
    await page.keyboard.press('Tab');
    expect((await focused(page)).text).to.equal('Vul een heel getal in van 0 tot en met 100.');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    expect((await focused(page)).name).to.equal('estimate');
    expect(await page.locator('input[name=estimate]').inputValue()).to.equal('veel');
    expect(await page.locator('input[name=q1][value="0"]').isChecked()).to.equal(true);
  });

  it('asks a question that follows from an answer on the next page, and loses nothing', async () => {
    const definition = sampleDefinition();
    await publishSurvey(pages.ctx, definition);
    const { survey, token } = await invite(pages.ctx, { survey: 'sample' });
    const page = await browser.visitor();
    await page.goto(pages.url + survey);
    expect(await page.locator('[data-question=why]').count()).to.equal(0);

    await page.locator('input[name=grade][value="3"]').check();
    await page.locator('main button[type=submit]').click();
    expect(await page.locator('h2').first().textContent()).to.equal('Er zijn vragen bij gekomen');
    expect(await page.locator('input[name=grade][value="3"]').isChecked()).to.equal(true);
    expect(await readAnswers(token)).to.equal(undefined);

    await page.locator('textarea[name=why]').fill('Niemand belde terug.');
    await page.locator('main button[type=submit]').click();
    expect(await page.locator('h1').textContent()).to.equal('Bedankt voor uw antwoord');
    expect(await readAnswers(token)).to.deep.equal({ grade: 3, why: 'Niemand belde terug.' });
  });

  it('lets the resident change, delete and opt out', async () => {
    const { survey, optOut, token } = await invite(pages.ctx);
    const page = await browser.visitor({ width: 320 });
    await page.goto(pages.url + survey);
    await page.locator('input[name=overall][value="4"]').check();
    await page.getByRole('button', { name: 'Verstuur mijn antwoord' }).click();
    await page.getByRole('link', { name: 'Verander mijn antwoord' }).click();
    await page.locator('input[name=overall][value="9"]').check();
    await page.getByRole('button', { name: 'Bewaar mijn nieuwe antwoord' }).click();
    expect(await readAnswers(token)).to.deep.equal({ overall: 9 });
    await page.getByRole('link', { name: 'Verwijder mijn antwoord' }).click();
    await page.getByRole('button', { name: 'Ja, verwijder mijn antwoord' }).click();
    expect(await page.locator('h1').textContent()).to.equal('Uw antwoord is verwijderd');
    expect(await readAnswers(token)).to.equal(undefined);
    await page.goto(pages.url + optOut);
    await page.getByRole('button', { name: 'Stuur mij geen vragen meer' }).click();
    expect(await page.locator('h1').textContent()).to.equal('U bent afgemeld');
  });
});
