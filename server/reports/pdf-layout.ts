export const ink = '#1b1f24';

/** A new page when what comes does not fit on this one. */
export function keepTogether(pdf: PDFKit.PDFDocument, height: number): void {
  const { margins, height: page } = pdf.page;
  if (pdf.y + height > page - margins.bottom) pdf.addPage();
}

export function contentWidth(pdf: PDFKit.PDFDocument): number {
  const { margins, width } = pdf.page;
  return width - margins.left - margins.right;
}
