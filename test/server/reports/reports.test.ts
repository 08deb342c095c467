import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { parse } from 'node-html-parser';
import { auditPage } from '../../../server/audit/index.ts';
import { checkData } from '../../../server/reports/gather-data.ts';
import {
  makeReport,
  type Report,
  type ReportFormat,
  reportOf,
  writeReport,
} from '../../../server/reports/make-report.ts';
import { templatePath } from '../../../server/reports/template-file.ts';
import { endAction, planAction, tellAction } from '../../../surveys/actions/index.ts';
import { readAggregates } from '../../../surveys/aggregates/index.ts';
import { Problem } from '../../../surveys/problems.ts';
import { usePages } from '../../support/pages.ts';
import { readPdf } from '../../support/read-pdf.ts';
import { signedInAs } from '../../support/staff.ts';
import { fillTown } from '../../support/town.ts';

describe('a report of a town', () => {
  const folder = mkdtempSync(join(tmpdir(), 'golden-ear-report-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const pages = usePages({ DATA_DIR: folder });
  const yearly = { kind: 'yearly', language: 'nl' } as const;

  it('says the same in HTML, PDF and ODT, again from its data, and stops at a template with a fault', async () => {
    // One town for all of this: filling it takes longer than all else.
    await fillTown(pages.ctx);
    const report = await makeReport(pages.ctx, folder, yearly);
    expect(headingsOf(report)[0]).to.equal('Jaarverslag dienstverlening 2025');
    await saysItsFigures(report);
    await isReadBack(report);
    await isMadeAgain(report);
    const quarter = { kind: 'quarterly', language: 'en', period: '2025-Q2' } as const;
    expect((await makeReport(pages.ctx, folder, quarter)).document.title).to.equal(
      'Quarterly overview of service 2025-Q2',
    );
    await refuses({ ...yearly, period: '1999' }, 'notFound', 'It has: 2025');
    await isMadeOnThePage();
    writeFileSync(templatePath(folder, 'nl'), '# Verslag\n\n{{ overall }}\n{{ overal }}\n');
    await refuses(yearly, 'invalidTemplate', 'line 4, column 4: undefined variable: overal');
    await isRefusedOnThePage();
    writeFileSync(templatePath(folder, 'nl'), '# Verslag\n{% show niets %}\n');
    await refuses(yearly, 'invalidTemplate', 'line 2, column 1: there is no table or figure "niets"');
  });

  function headingsOf({ document }: Report): string[] {
    return document.blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));
  }

  async function saysItsFigures({ document }: Report): Promise<void> {
    const { total } = await readAggregates({ survey: 'customer-journey', from: '2025-01', to: '2025-12' });
    const share = `${Math.round(total!.satisfied! * 100)}%`;
    const texts = document.blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []));
    expect(texts.find((text) => text.startsWith('Welk cijfer'))).to.include(`contact? ${share} is tevreden`);
    const table = document.blocks.find((block) => block.kind === 'table' && block.head[0] === 'Afdeling');
    expect(table?.kind === 'table' && table.rows.map(([name]) => name)).to.include('Werk en inkomen');
  }

  async function isReadBack(report: Report): Promise<void> {
    const headings = headingsOf(report);
    const page = parse(String(await writeReport(report, 'html')));
    expect(page.querySelectorAll('h1, h2, h3').map(({ text }) => text)).to.deep.equal(headings);
    expect(page.querySelector('html')?.getAttribute('lang')).to.equal('nl');
    expect(page.querySelectorAll('table caption')).to.have.length(page.querySelectorAll('table').length);

    const pdf = await readPdf((await writeReport(report, 'pdf')) as Buffer);
    expect(pdf).to.include({ language: 'nl', title: headings[0], marked: true, displaysTitle: true });
    expect(pdf.universalAccess).to.equal('1');
    expect(pdf.outline).to.deep.equal(headings);
    const tables = page.querySelectorAll('table');
    expect(pdf.roles.Table).to.equal(tables.length);
    expect(pdf.roles.TH).to.equal(page.querySelectorAll('th').length);
    expect(pdf.roles.TD).to.equal(page.querySelectorAll('td').length);
    expect(pdf.roles.LI).to.equal(page.querySelectorAll('li').length);
    expect(pdf.alternatives).to.deep.equal(
      report.document.blocks.flatMap((block) => (block.kind === 'figure' ? [block.alternative] : [])),
    );
    const spaceless = (text: string) => text.replaceAll(/\s/g, '');
    for (const { text } of page.querySelectorAll('p, li, td')) {
      expect(spaceless(pdf.text)).to.include(spaceless(text));
    }

    const files = unzipSync((await writeReport(report, 'odt')) as Buffer);
    expect(Object.keys(files)[0]).to.equal('mimetype');
    const content = parse(strFromU8(files['content.xml']!));
    expect(content.getElementsByTagName('text:h').map(({ text }) => text)).to.deep.equal(headings);
    expect(content.getElementsByTagName('table:table')).to.have.length(tables.length);
    expect(content.getElementsByTagName('table:table-header-rows')).to.have.length(tables.length);
    for (const image of content.getElementsByTagName('draw:image'))
      expect(Object.keys(files)).to.include(image.getAttribute('xlink:href'));
    expect(content.getElementsByTagName('svg:desc').map(({ text }) => text)).to.deep.equal(pdf.alternatives);
  }

  /** What is told to residents after a report was made changes no report that is made again from its data. */
  async function isMadeAgain(report: Report): Promise<void> {
    const kept = checkData(JSON.parse(String(await writeReport(report, 'json'))));
    await tellSomething();
    for (const format of ['html', 'pdf', 'odt', 'json'] satisfies ReportFormat[]) {
      const again = await reportOf(kept, folder, 'nl');
      const [one, other] = [await writeReport(report, format), await writeReport(again, format)];
      expect(Buffer.from(one).equals(Buffer.from(other)), `${format}, byte for byte`).to.equal(true);
    }
    const now = await makeReport(pages.ctx, folder, { ...yearly, release: report.data.release.number });
    expect(now.data.actions).to.have.length(1);
    expect({ ...now.data, actions: [] }).to.deep.equal(report.data);
  }

  async function tellSomething(): Promise<void> {
    pages.ctx.clock.set('2025-12-20T09:00:00Z');
    const action = await planAction(pages.ctx, {
      department: 'burgerzaken',
      signal: { kind: 'comment', month: '2025-10', about: 'Wachten' },
      what: 'Afspraken ruimer plannen',
      owner: 'Teamleider balie',
      by: '2026-01-31',
    });
    await endAction(pages.ctx, action._id, 'done');
    await tellAction(pages.ctx, action._id, { said: 'Wij wachtten lang.', did: 'Er zijn meer afspraken.' });
    pages.ctx.clock.set('2026-03-10T09:00:00Z');
  }

  async function isMadeOnThePage(): Promise<void> {
    const manager = await signedInAs(pages, 'programme-manager');
    expect((await manager.get('/reports?lang=nl')).text).to.include('Jaarverslag 2025');
    const wish = { report: 'yearly-2025', language: 'nl', format: 'html' };
    const made = await manager.post('/reports?lang=nl', wish, '/reports');
    expect(made.headers.get('content-disposition')).to.equal(
      'attachment; filename=report-yearly-2025-1.nl.html',
    );
    expect(parse(made.text).querySelector('h1')?.text).to.equal('Jaarverslag dienstverlening 2025');
    const [written] = await auditPage(undefined, 1);
    expect(written).to.include({ what: 'figures.exported', on: 'report-yearly-2025' });
    const missed = await manager.post('/reports?lang=nl', { ...wish, report: 'yearly-1999' }, '/reports');
    expect(missed).to.include({ status: 400 });
    expect(missed.text).to.include('Dit verslag is er niet');
  }

  async function isRefusedOnThePage(): Promise<void> {
    const manager = await signedInAs(pages, 'programme-manager');
    const [before] = await auditPage(undefined, 1);
    const wish = { report: 'yearly-2025', language: 'nl', format: 'pdf' };
    const refused = await manager.post('/reports?lang=nl', wish, '/reports');
    expect(refused.status).to.equal(400);
    expect(refused.headers.get('content-disposition')).to.equal(null);
    expect(refused.text).to.include('line 4, column 4: undefined variable: overal');
    const [after] = await auditPage(undefined, 1);
    expect(after, 'nothing was exported').to.deep.equal(before);
  }

  async function refuses(
    options: Parameters<typeof makeReport>[2],
    code: string,
    detail: string,
  ): Promise<void> {
    const error = await makeReport(pages.ctx, folder, options).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(Problem);
    expect((error as Problem).code).to.equal(code);
    expect((error as Problem).message).to.include(detail);
  }
});
