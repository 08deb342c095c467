import { contentWidth, ink, keepTogether } from './pdf-layout.ts';
import type { Heading, List } from './report-document.ts';

const headingSizes = { 1: 22, 2: 15, 3: 12 } as const;
const textSize = 10.5;
const indent = 14;

/** A heading stays with what it is about, and is a bookmark. */
export function drawHeading(
  pdf: PDFKit.PDFDocument,
  whole: PDFKit.PDFStructureElement,
  { level, text }: Heading,
): void {
  const size = headingSizes[level];
  keepTogether(pdf, size * 2 + 60);
  pdf.moveDown(level === 1 ? 0 : 0.6);
  whole.add(
    pdf.struct(`H${level}`, {}, () => void pdf.font('bold').fontSize(size).fillColor(ink).text(text)),
  );
  pdf.outline.addItem(text);
  pdf.moveDown(0.3);
}

export function drawParagraph(
  pdf: PDFKit.PDFDocument,
  whole: PDFKit.PDFStructureElement,
  text: string,
): void {
  prepareText(pdf, text, 0);
  whole.add(pdf.struct('P', {}, textAt(pdf, text, 0)));
  pdf.moveDown(0.5);
}

/** A list with its marks apart from its texts, so that programs that read aloud count the items. */
export function drawList(pdf: PDFKit.PDFDocument, whole: PDFKit.PDFStructureElement, { items }: List): void {
  const list = pdf.struct('L');
  whole.add(list);
  for (const item of items) {
    const line = pdf.struct('LI');
    list.add(line);
    prepareText(pdf, item, indent);
    const top = pdf.y;
    line.add(pdf.struct('Lbl', {}, textAt(pdf, '\u2022', 0)));
    pdf.y = top;
    line.add(pdf.struct('LBody', {}, textAt(pdf, item, indent)));
    line.end();
    pdf.moveDown(0.25);
  }
  list.end();
  pdf.x = pdf.page.margins.left;
  pdf.moveDown(0.25);
}

function prepareText(pdf: PDFKit.PDFDocument, text: string, left: number): void {
  pdf.font('regular').fontSize(textSize).fillColor(ink);
  keepTogether(pdf, pdf.heightOfString(text, { width: contentWidth(pdf) - left, lineGap: 2 }));
}

function textAt(pdf: PDFKit.PDFDocument, text: string, left: number): () => void {
  const options = { width: contentWidth(pdf) - left, lineGap: 2 };
  return () => void pdf.text(text, pdf.page.margins.left + left, pdf.y, options);
}
