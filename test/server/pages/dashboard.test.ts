import { expect } from 'chai';
import { type HTMLElement, parse } from 'node-html-parser';
import { readAggregates } from '../../../surveys/aggregates/index.ts';
import { usePages } from '../../support/pages.ts';
import { signedInAs } from '../../support/staff.ts';
import { fillTown } from '../../support/town.ts';

describe('the dashboard', () => {
  const pages = usePages();

  type Role = Parameters<typeof signedInAs>[1];
  const open = async (query = '', role: Role = 'analyst') =>
    parse((await (await signedInAs(pages, role)).get(`/dashboard${query}`)).text);
  const rowsOf = (page: HTMLElement, caption: string) =>
    page
      .querySelectorAll('table')
      .find((table) => table.querySelector('caption')?.text.startsWith(caption))
      ?.querySelectorAll('tbody tr')
      .map((row) => row.querySelectorAll('th, td').map(({ text }) => text)) ?? [];

  it('says that there are no figures before the first release', async () => {
    expect((await open()).text).to.include('Er zijn nog geen cijfers');
  });

  it('shows the newest release, as far as its reader may see it, with every choice in the address', async () => {
    // One town for all of this: filling it takes longer than all else.
    await fillTown(pages.ctx);
    await showsTheRelease(await open('?period=month'));
    await keepsChoices();
    const careless = await open('?department=nergens&question=onzin&year=1900&period=dag');
    expect(choicesOn(careless), 'what is not there is as none').to.deep.equal([
      'overall',
      '',
      '2025',
      'quarter',
    ]);
    expect(careless.querySelector('[role=status], [role=alert], main')?.text).to.include(
      'Hiervan zijn er geen cijfers die u kunt zien: Vraag, Afdeling, Jaar, Verloop per.',
    );
    const own = await open('?department=werk-en-inkomen', 'coordinator');
    expect(own.querySelector('main')?.text).to.include('Burgerzaken').and.not.include('Werk en inkomen');
    expect(own.text).not.to.include('Alle afdelingen');
  });

  async function showsTheRelease(page: HTMLElement): Promise<void> {
    const { rows } = await readAggregates({ survey: 'customer-journey', by: 'period', period: 'month' });
    expect(
      rowsOf(page, 'Verloop in de tijd').map(([period, , , , answers]) => [period, answers]),
    ).to.deep.equal(rows.map(({ period, responses }) => [period, String(responses ?? '–')]));
    const [total] = (await readAggregates({ survey: 'customer-journey' })).rows;
    const parts = rowsOf(page, 'Welke antwoorden');
    const counts = Object.fromEntries(
      parts.map(([band, , , count]) => [/[\d\u2013]+/.exec(band!)![0].replace('\u2013', '-'), Number(count)]),
    );
    expect(counts).to.deep.equal(total!.distribution);
    const pictures = page.querySelectorAll('svg[role=img]');
    expect(pictures).to.have.length(5);
    for (const picture of pictures) {
      for (const id of picture.getAttribute('aria-labelledby')!.split(' '))
        expect(page.querySelectorAll(`[id="${id}"]`), id).to.have.length(1);
      expect(picture.toString()).not.to.match(/<style|style=|<script/);
    }
    expect(pictures[0]?.text).to.include('Werk en inkomen').and.include('niet getoond');
  }

  async function keepsChoices(): Promise<void> {
    const staff = await signedInAs(pages, 'programme-manager');
    const page = parse((await staff.get('/dashboard?department=burgerzaken&question=ease&year=2025')).text);
    expect(choicesOn(page)).to.deep.equal(['ease', 'burgerzaken', '2025', 'quarter']);
    expect(page.text).to.include('Burgerzaken:');
    const files = page
      .querySelectorAll('a[href^="/v1/aggregates"]')
      .map((link) => link.getAttribute('href')!.replaceAll('&amp;', '&'));
    expect(files).to.have.length(6);
    for (const file of files) {
      const answer = await staff.get(file);
      expect(answer.status, file).to.equal(200);
      expect(answer.text, file).to.include('question');
    }
  }

  function choicesOn(page: HTMLElement) {
    return page.querySelectorAll('option[selected]').map((option) => option.getAttribute('value'));
  }
});
