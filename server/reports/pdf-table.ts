import { contentWidth, keepTogether } from './pdf-layout.ts';
import type { Table } from './report-document.ts';

const size = 9.5;
const gap = 6;

/** A table with header cells, its caption first. A row never runs over the end of a page. */
export function drawTable(
  pdf: PDFKit.PDFDocument,
  whole: PDFKit.PDFStructureElement,
  { caption, head, rows }: Table,
): void {
  const table = pdf.struct('Table');
  whole.add(table);
  keepTogether(pdf, 80);
  table.add(
    pdf.struct(
      'Caption',
      {},
      () => void pdf.font('bold').fontSize(size).text(caption, pdf.page.margins.left, pdf.y),
    ),
  );
  pdf.moveDown(0.3);
  drawRow(pdf, table, head, true);
  for (const row of rows) drawRow(pdf, table, row, false);
  table.end();
  pdf.moveDown(0.8);
}

function drawRow(
  pdf: PDFKit.PDFDocument,
  table: PDFKit.PDFStructureElement,
  cells: string[],
  isHead: boolean,
): void {
  // The first column holds names: twice as wide as the others.
  const unit = contentWidth(pdf) / (cells.length + 1);
  const widths = cells.map((_, index) => (index === 0 ? 2 * unit : unit) - gap);
  const font = (index: number) => (isHead || index === 0 ? 'bold' : 'regular');
  const heights = cells.map((cell, index) =>
    pdf.font(font(index)).fontSize(size).heightOfString(cell, { width: widths[index]! }),
  );
  const height = Math.max(...heights);
  keepTogether(pdf, height + 8);
  const top = pdf.y;
  const row = pdf.struct('TR');
  table.add(row);
  let x = pdf.page.margins.left;
  for (const [index, cell] of cells.entries()) {
    const left = x;
    const isHeader = isHead || index === 0;
    const content = () =>
      void pdf.font(font(index)).fontSize(size).text(cell, left, top, { width: widths[index]! });
    row.add(
      isHeader
        ? pdf.struct('TH', { scope: isHead ? 'Column' : 'Row' }, content)
        : pdf.struct('TD', {}, content),
    );
    x += widths[index]! + gap;
  }
  row.end();
  pdf.markContent('Artifact', { type: 'Layout' });
  const line = top + height + 2;
  pdf
    .moveTo(pdf.page.margins.left, line)
    .lineTo(pdf.page.margins.left + contentWidth(pdf), line)
    .lineWidth(isHead ? 1 : 0.4)
    .stroke('#6b7280');
  pdf.endMarkedContent();
  pdf.x = pdf.page.margins.left;
  pdf.y = line + 4;
}
