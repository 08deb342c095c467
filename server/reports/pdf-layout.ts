export const ink = '#1b1f24';

/** A new page when what comes does not fit on this one. Tells whether there was one. */
export function keepTogether(pdf: PDFKit.PDFDocument, height: number): boolean {
  const { margins, height: page } = pdf.page;
  const over = pdf.y + height > page - margins.bottom;
  if (over) pdf.addPage();
  return over;
}

export function contentWidth(pdf: PDFKit.PDFDocument): number {
  const { margins, width } = pdf.page;
  return width - margins.left - margins.right;
}

/** The height of an empty page between its margins. */
export function room(pdf: PDFKit.PDFDocument): number {
  const { margins, height } = pdf.page;
  return height - margins.top - margins.bottom;
}
