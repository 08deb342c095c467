import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { drawFigure } from './pdf-figure.ts';
import { ink } from './pdf-layout.ts';
import { drawTable } from './pdf-table.ts';
import { drawHeading, drawList, drawParagraph } from './pdf-text.ts';
import type { Block, ReportDocument } from './report-document.ts';

const fonts = createRequire(import.meta.url);
const regular = fonts.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf');
const bold = fonts.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf');

/**
 * The report as a tagged PDF 1.7: headings, lists, tables with header cells and figures with their text, in reading
 * order, with language, title, bookmarks and embedded fonts.
 * @param madeAt the date in the file, so that the same report gives the same file
 */
export async function toPdf({ title, language, blocks }: ReportDocument, madeAt: Date): Promise<Buffer> {
  const options: PDFKit.PDFDocumentOptions = {
    size: 'A4',
    margin: 56,
    pdfVersion: '1.7',
    tagged: true,
    lang: language,
    displayTitle: true,
    info: { Title: title, CreationDate: madeAt },
    bufferPages: true,
  };
  // The types of pdfkit do not know this subset yet.
  const pdf = new PDFDocument(Object.assign(options, { subset: 'PDF/UA' }));
  pdf.registerFont('regular', regular).registerFont('bold', bold);
  const whole = pdf.struct('Document');
  pdf.addStructure(whole);
  for (const block of blocks) drawBlock(pdf, whole, block);
  whole.end();
  numberPages(pdf);
  pdf.end();
  return buffer(pdf);
}

function drawBlock(pdf: PDFKit.PDFDocument, whole: PDFKit.PDFStructureElement, block: Block): void {
  pdf.x = pdf.page.margins.left;
  pdf.fillColor(ink);
  switch (block.kind) {
    case 'heading':
      drawHeading(pdf, whole, block);
      break;
    case 'paragraph':
      drawParagraph(pdf, whole, block.text);
      break;
    case 'list':
      drawList(pdf, whole, block);
      break;
    case 'table':
      drawTable(pdf, whole, block);
      break;
    case 'figure':
      drawFigure(pdf, whole, block);
  }
}

/** Numbers at the foot of each page: no part of what is read aloud. */
function numberPages(pdf: PDFKit.PDFDocument): void {
  const { count } = pdf.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    pdf.switchToPage(page);
    const { margins, height, width } = pdf.page;
    const bottom = margins.bottom;
    pdf.page.margins.bottom = 0;
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf
      .font('regular')
      .fontSize(9)
      .fillColor(ink)
      .text(`${page + 1} / ${count}`, margins.left, height - 36, {
        width: width - margins.left * 2,
        align: 'right',
      });
    pdf.endMarkedContent();
    pdf.page.margins.bottom = bottom;
  }
}
