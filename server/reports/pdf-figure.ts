import { contentWidth, ink, keepTogether } from './pdf-layout.ts';
import type { Figure } from './report-document.ts';

const rowHeight = 22;
const nameWidth = 150;
const figureWidth = 50;
const scaleHeight = 18;

/** Squares with whiskers and the goal as a dashed line: told in words too, and legible in black and white. */
export function drawFigure(
  pdf: PDFKit.PDFDocument,
  whole: PDFKit.PDFStructureElement,
  { caption, alternative, rows, target }: Figure,
): void {
  keepTogether(pdf, rows.length * rowHeight + scaleHeight + 40);
  const { left } = pdf.page.margins;
  const top = pdf.y;
  const plot = contentWidth(pdf) - nameWidth - figureWidth;
  const at = (share: number) => left + nameWidth + share * plot;
  const drawing = () => {
    for (const [index, { name, share, interval }] of rows.entries()) {
      const middle = top + index * rowHeight + rowHeight / 2;
      const words = { lineBreak: false, height: rowHeight, ellipsis: true };
      pdf.font('regular').fontSize(9).fillColor(ink);
      pdf.text(name, left, middle - 6, { ...words, width: nameWidth - 10 });
      pdf.text(`${Math.round(share * 100)}%`, at(1) + 10, middle - 6, { ...words, width: figureWidth - 10 });
      const [low, high] = interval.map(at) as [number, number];
      pdf.moveTo(low, middle).lineTo(high, middle).lineWidth(1.2).stroke(ink);
      for (const end of [low, high])
        pdf
          .moveTo(end, middle - 4)
          .lineTo(end, middle + 4)
          .stroke(ink);
      pdf.rect(at(share) - 3.5, middle - 3.5, 7, 7).fill(ink);
    }
    drawScale(pdf, at, top + rows.length * rowHeight);
    const bottom = top + rows.length * rowHeight;
    pdf.moveTo(at(target), top).lineTo(at(target), bottom).dash(4, { space: 3 }).lineWidth(1).stroke(ink);
    pdf.undash();
  };
  whole.add(
    pdf.struct(
      'Figure',
      {
        alt: alternative,
        bbox: [left, top, left + contentWidth(pdf), top + rows.length * rowHeight + scaleHeight],
      },
      drawing,
    ),
  );
  pdf.y = top + rows.length * rowHeight + scaleHeight + 4;
  whole.add(
    pdf.struct(
      'P',
      {},
      () =>
        void pdf
          .font('regular')
          .fontSize(9)
          .fillColor(ink)
          .text(caption, left, pdf.y, { width: contentWidth(pdf) }),
    ),
  );
  pdf.moveDown(0.8);
}

/** The scale under the plot, from 0 to 100 %. */
function drawScale(pdf: PDFKit.PDFDocument, at: (share: number) => number, bottom: number): void {
  pdf.moveTo(at(0), bottom).lineTo(at(1), bottom).lineWidth(0.6).stroke('#6b7280');
  for (const share of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
    pdf
      .moveTo(at(share), bottom)
      .lineTo(at(share), bottom + 3)
      .stroke('#6b7280');
    pdf.text(`${share * 100}%`, at(share) - 20, bottom + 4, { width: 40, align: 'center', lineBreak: false });
  }
}
