import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { createSignInLink } from '../../../server/staff/index.ts';
import { newestRelease, readAggregates } from '../../../surveys/aggregates/index.ts';
import { displayNames } from '../../../surveys/municipality/index.ts';
import { usePages } from '../../support/pages.ts';
import { fillTown } from '../../support/town.ts';

describe('the overview for staff', () => {
  const pages = usePages();

  async function signIn(): Promise<string> {
    const path = new URL(await createSignInLink(pages.ctx, pages.url)).pathname;
    const opened = await pages.request(path);
    const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const csrf = parse(opened.text).querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
    const { headers } = await pages.post(path, { _csrf: csrf }, { cookie });
    return headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }

  async function overview(query = '') {
    const { status, text, headers } = await pages.request(`/overview${query}`, {
      headers: { cookie: await signIn() },
    });
    return { status, text, headers, page: parse(text) };
  }

  /** The cells of the table under this caption, by row and column heading. */
  function cellsOf(page: ReturnType<typeof parse>, caption: RegExp): Map<string, string> {
    const table = page
      .querySelectorAll('table')
      .find((one) => caption.test(one.querySelector('caption')?.text ?? ''));
    const columns = table?.querySelectorAll('thead th').map((heading) => heading.text) ?? [];
    const rows = table?.querySelectorAll('tbody tr') ?? [];
    return new Map(
      rows.flatMap((row) => {
        const name = row.querySelector('th')?.text.trim() ?? '';
        return row.querySelectorAll('td').map((cell, index) => {
          const words = cell.childNodes.map((node) => node.text).join('; ');
          return [`${name} / ${columns[index + 1]}`, words] as const;
        });
      }),
    );
  }

  it('says that there are no figures before the first release', async () => {
    const { status, page } = await overview();
    expect(status).to.equal(200);
    expect(page.text)
      .to.include('Er zijn nog geen cijfers')
      .and.include('De quickscan heeft nog geen cijfers.');
    expect(page.querySelector('svg')).to.equal(null);
  });

  it('shows departments by channels as the release has them, in words, and says what is not shown', async () => {
    await fillTown({ ...pages.ctx });
    const { page } = await overview();
    const cells = cellsOf(page, /Hoeveel procent is tevreden/);
    const { rows } = await readAggregates({
      survey: 'customer-journey',
      by: 'department,channel',
    });
    const row = rows.find(({ status }) => status === 'published');
    const [department, channel] = await Promise.all([
      displayNames('department', 'nl').then((names) => names.get(row?.department ?? '')),
      displayNames('channel', 'nl').then((names) => names.get(row?.channel ?? '')),
    ]);
    const share = (value = 0) => `${Math.round(value * 100)}%`;
    const [low, high] = (row?.satisfiedInterval ?? []).map(share);
    const verdict = { met: 'Doel gehaald', notMet: 'Doel niet gehaald', undecided: 'Nog niet te zeggen' };
    expect(cells.get(`${department} / ${channel}`)).to.equal(
      [
        share(row?.satisfied),
        verdict[row?.verdict ?? 'undecided'],
        `${row?.responses} antwoorden`,
        `tussen ${low} en ${high}`,
        `${share(row?.dissatisfied)} ontevreden`,
      ].join('; '),
    );
    expect(cells.get('Burgerzaken / Post')).to.equal('niet getoond');
    expect(page.text).to.include('“Niet getoond” betekent: te weinig antwoorden');

    const release = await newestRelease('customer-journey');
    const facts = page.querySelector('.ge-facts')?.text ?? '';
    expect(facts)
      .to.include('nummer 1')
      .and.include('10 maart 2026')
      .and.include(release?.checksum ?? '?');
    expect(facts).to.include('Jaar2025').and.include('minstens 10 antwoorden').and.include('80% tevreden');
    expect(page.text).to.include('Afdeling: nieuw-team').and.not.include('Afdeling: burgerzaken');
  });

  it('draws the departments in one picture, and shows the quickscan and the arena as indications', async () => {
    await fillTown({ ...pages.ctx });
    const { page, text, headers } = await overview('?lang=en');
    const picture = page.querySelector('svg');
    expect(picture?.getAttribute('role')).to.equal('img');
    expect(picture?.querySelector('title')?.text).to.equal('Satisfied people per department');
    expect(picture?.querySelector('desc')?.text).to.include('the goal of 80%');
    expect(picture?.text).to.include('Civil affairs').and.include('Goal 80%');
    expect(text).not.to.match(/ style=|<style|<script/);
    expect(headers.get('content-security-policy')).not.to.include('unsafe');

    const scan = cellsOf(page, /Points per area/);
    expect(scan.get('Total of 100 / Civil affairs')).to.match(/^\d+\.\d$/);
    expect(scan.get('Level (indicative) / Civil affairs')).to.match(/star/);
    expect(scan.get('Total of 100 / Nieuw team')).to.equal('not shown');
    expect(page.text).to.include('not an official Gouden Oor recognition');
    expect(page.text).to.match(/give a [78]\.\d on average.*gave a [67]\.\d on average/);
  });

  it('shows another question by a form without scripts', async () => {
    const { page } = await overview('?show=customer-journey.ease');
    expect(page.querySelector('option[selected]')?.getAttribute('value')).to.equal('customer-journey.ease');
  });

  it('falls back on the grade for a question that there is not, and says so', async () => {
    for (const query of ['?show=no.such', '?show=a&show=b', '?show=']) {
      const { page } = await overview(query);
      expect(page.querySelector('option[selected]')?.getAttribute('value')).to.equal(
        'customer-journey.overall',
      );
      expect(page.text.includes('Deze keuze is er niet'), query).to.equal(query !== '?show=');
    }
  });
});
