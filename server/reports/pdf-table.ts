import { contentWidth, keepTogether, room } from './pdf-layout.ts';
import type { Table } from './report-document.ts';

const size = 9.5;
const gap = 6;
const underRow = 6;

/** What is drawn beside each other, in columns of these widths. */
interface Row {
  cells: string[];
  widths: number[];
  isHead: boolean;
}

/**
 * A table with header cells, its caption first. One of less than a third of a page stays whole; in a longer one no row runs
 * over the end of a page, and the head stands on each page again (for the eye only: who listens hears it once).
 */
export function drawTable(
  pdf: PDFKit.PDFDocument,
  whole: PDFKit.PDFStructureElement,
  { caption, head, ...table }: Table,
): void {
  const widths = columnsOf(pdf, table.widths);
  const headRow: Row = { cells: head, widths, isHead: true };
  const rows = table.rows.map((cells): Row => ({ cells, widths, isHead: false }));
  const height = [headRow, ...rows].reduce((sum, row) => sum + heightOf(pdf, row), 30);
  keepTogether(pdf, height < room(pdf) / 3 ? height : 120);
  const element = pdf.struct('Table');
  whole.add(element);
  element.add(
    pdf.struct(
      'Caption',
      {},
      () => void pdf.font('bold').fontSize(size).text(caption, pdf.page.margins.left, pdf.y),
    ),
  );
  pdf.moveDown(0.3);
  drawRow(pdf, element, headRow);
  for (const [index, row] of rows.entries()) {
    // The last row is never alone on a page.
    const together = rows.slice(index, index === rows.length - 2 ? undefined : index + 1);
    const needed = together.reduce((sum, one) => sum + heightOf(pdf, one), 0);
    if (keepTogether(pdf, needed)) drawAgain(pdf, headRow);
    drawRow(pdf, element, row);
  }
  element.end();
  pdf.moveDown(0.8);
}

function drawRow(pdf: PDFKit.PDFDocument, table: PDFKit.PDFStructureElement, row: Row): void {
  const element = pdf.struct('TR');
  table.add(element);
  drawCells(pdf, row, (content, index) =>
    element.add(
      row.isHead || index === 0
        ? pdf.struct('TH', { scope: row.isHead ? 'Column' : 'Row' }, content)
        : pdf.struct('TD', {}, content),
    ),
  );
  element.end();
  drawLine(pdf, row);
}

function drawAgain(pdf: PDFKit.PDFDocument, head: Row): void {
  pdf.markContent('Artifact', { type: 'Pagination' });
  drawCells(pdf, head, (content) => content());
  pdf.endMarkedContent();
  drawLine(pdf, head);
}

/** Draws cells beside each other and moves on below the highest. */
function drawCells(
  pdf: PDFKit.PDFDocument,
  row: Row,
  add: (content: () => void, index: number) => void,
): void {
  const [top, height] = [pdf.y, heightOf(pdf, row)];
  let x = pdf.page.margins.left;
  for (const [index, cell] of row.cells.entries()) {
    const [left, width] = [x, row.widths[index]!];
    add(() => void pdf.font(fontOf(row, index)).fontSize(size).text(cell, left, top, { width }), index);
    x += width + gap;
  }
  pdf.x = pdf.page.margins.left;
  pdf.y = top + height - underRow;
}

function drawLine(pdf: PDFKit.PDFDocument, { isHead }: Row): void {
  const { left } = pdf.page.margins;
  pdf.markContent('Artifact', { type: 'Layout' });
  pdf
    .moveTo(left, pdf.y + 2)
    .lineTo(left + contentWidth(pdf), pdf.y + 2)
    .lineWidth(isHead ? 1 : 0.4)
    .stroke('#6b7280');
  pdf.endMarkedContent();
  pdf.y += underRow;
}

function heightOf(pdf: PDFKit.PDFDocument, row: Row): number {
  const heights = row.cells.map((cell, index) =>
    pdf.font(fontOf(row, index)).fontSize(size).heightOfString(cell, { width: row.widths[index]! }),
  );
  return Math.max(...heights) + underRow;
}

/** The widths of columns in points, from what they are beside each other. */
function columnsOf(pdf: PDFKit.PDFDocument, widths: number[]): number[] {
  const unit = contentWidth(pdf) / widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width) => width * unit - gap);
}

function fontOf({ isHead }: Row, index: number): 'bold' | 'regular' {
  return isHead || index === 0 ? 'bold' : 'regular';
}
