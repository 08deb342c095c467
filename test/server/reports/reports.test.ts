import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { parse } from 'node-html-parser';
import type { Report } from '../../../server/reports/make-report.ts';
import { makeReport, templatePath, writeReport } from '../../../server/reports/make-report.ts';
import { readAggregates } from '../../../surveys/aggregates/index.ts';
import { publishCatalogue } from '../../../surveys/definitions/index.ts';
import { Problem } from '../../../surveys/problems.ts';
import { testContext } from '../../support/context.ts';
import { readPdf } from '../../support/read-pdf.ts';
import { useStore } from '../../support/store.ts';
import { fillTown } from '../../support/town.ts';

describe('a report of a town', function () {
  this.timeout(120_000);
  useStore();
  const folder = mkdtempSync(join(tmpdir(), 'golden-ear-report-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const ctx = testContext();
  const yearly = { kind: 'yearly', language: 'nl' } as const;

  it('says the same in HTML, PDF and ODT, from one release, and stops at a template with a fault', async () => {
    await publishCatalogue(ctx);
    // One town for all of this: filling it takes longer than all else.
    await fillTown(ctx);
    const report = await makeReport(ctx, folder, yearly);
    const headings = report.document.blocks.flatMap((block) =>
      block.kind === 'heading' ? [block.text] : [],
    );
    expect(headings[0]).to.equal('Jaarverslag dienstverlening 2025');
    await saysItsFigures(report);
    await isReadBack(report, headings);
    const again = await makeReport(ctx, folder, { ...yearly, period: '2025', release: 1 });
    expect(again.document, 'the same release gives the same report').to.deep.equal(report.document);
    const quarter = await makeReport(ctx, folder, { kind: 'quarterly', language: 'en', period: '2025-Q2' });
    expect(quarter.document.title).to.equal('Quarterly overview of service 2025-Q2');
    await refuses({ ...yearly, period: '1999' }, 'notFound', 'It has: 2025');
    writeFileSync(templatePath(folder, 'nl'), '# Verslag\n\n{{ overall }}\n{{ overal }}\n');
    await refuses(yearly, 'invalidTemplate', 'line 4, column 4: undefined variable: overal');
    writeFileSync(templatePath(folder, 'nl'), '# Verslag\n{% show niets %}\n');
    await refuses(yearly, 'invalidTemplate', 'line 2, column 1: there is no table or figure "niets"');
  });

  async function saysItsFigures({ document }: Report): Promise<void> {
    const { total } = await readAggregates({ survey: 'customer-journey', from: '2025-01', to: '2025-12' });
    const share = `${Math.round(total!.satisfied! * 100)}%`;
    const texts = document.blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []));
    expect(texts.find((text) => text.startsWith('Welk cijfer'))).to.include(`contact? ${share} is tevreden`);
    const table = document.blocks.find(
      (block) => block.kind === 'table' && block.caption.includes('afdeling'),
    );
    expect(table?.kind === 'table' && table.rows.map(([name]) => name)).to.include('Werk en inkomen');
  }

  async function isReadBack(report: Report, headings: string[]): Promise<void> {
    const page = parse(String(await writeReport(report, 'html')));
    expect(page.querySelectorAll('h1, h2, h3').map(({ text }) => text)).to.deep.equal(headings);
    expect(page.querySelector('html')?.getAttribute('lang')).to.equal('nl');
    expect(page.querySelectorAll('table caption')).to.have.length(page.querySelectorAll('table').length);

    const bytes = (await writeReport(report, 'pdf')) as Buffer;
    expect(bytes.equals((await writeReport(report, 'pdf')) as Buffer), 'the same file again').to.equal(true);
    const pdf = await readPdf(bytes);
    expect(pdf.language).to.equal('nl');
    expect(pdf.title).to.equal(headings[0]);
    expect(pdf.outline).to.deep.equal(headings);
    const tables = page.querySelectorAll('table');
    expect(pdf.roles.Table).to.equal(tables.length);
    expect(pdf.roles.TH).to.equal(page.querySelectorAll('th').length);
    expect(pdf.roles.TD).to.equal(page.querySelectorAll('td').length);
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
    const inOdt = content.getElementsByTagName('text:h').map(({ text }) => text);
    expect(inOdt).to.deep.equal(headings);
    expect(content.getElementsByTagName('table:table')).to.have.length(tables.length);
    for (const image of content.getElementsByTagName('draw:image'))
      expect(Object.keys(files)).to.include(image.getAttribute('xlink:href'));
  }

  async function refuses(
    options: Parameters<typeof makeReport>[2],
    code: string,
    detail: string,
  ): Promise<void> {
    const error = await makeReport(ctx, folder, options).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(Problem);
    expect((error as Problem).code).to.equal(code);
    expect((error as Problem).message).to.include(detail);
  }
});
