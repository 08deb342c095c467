import type { Table } from './report-document.ts';

/** Between the margins, in cm. */
const pageWidth = 17;

/** Styles by their names in the content, so that a writer changes the look of all headings or tables at once. */
export function stylesOf(language: string): string {
  const country = language === 'nl' ? 'NL' : 'GB';
  const text = `fo:language="${language}" fo:country="${country}" fo:font-family="Liberation Sans" style:font-family-generic="swiss" fo:color="#1b1f24"`;
  const styles = [
    `<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"/><style:text-properties ${text}/></style:default-style>`,
    paragraph('Standard', { size: 11 }),
    paragraph('Caption', { size: 10, bold: true, withNext: true }),
    paragraph('Footer', { size: 9, right: true }),
    paragraph('Table_20_Contents', { size: 10, inTable: true }),
    paragraph('Table_20_Heading', { size: 10, bold: true, inTable: true, withNext: true }),
    paragraph('Row_20_Heading', { size: 10, bold: true, inTable: true }),
    ...([22, 16, 13] as const).map((size, index) =>
      paragraph(`Heading_20_${index + 1}`, { size, bold: true, withNext: true, level: index + 1 }),
    ),
  ];
  return `<office:styles>${styles.join('')}</office:styles>${pageOf()}`;
}

interface ParagraphStyle {
  size: number;
  bold?: boolean;
  right?: boolean;
  inTable?: boolean;
  /** Stays on the page of what follows. */
  withNext?: boolean;
  level?: number;
}

function paragraph(name: string, { size, bold, right, inTable, withNext, level }: ParagraphStyle): string {
  const above = level === undefined ? '0.2cm' : '0.5cm';
  const layout = [
    `fo:margin-top="${inTable ? '0.08cm' : above}" fo:margin-bottom="${inTable ? '0.08cm' : '0.2cm'}"`,
    right ? 'fo:text-align="end"' : '',
    withNext ? 'fo:keep-with-next="always"' : '',
  ].join(' ');
  const outline = level === undefined ? '' : ` style:default-outline-level="${level}"`;
  return `<style:style style:name="${name}" style:display-name="${name.replaceAll('_20_', ' ')}" style:family="paragraph"${outline}><style:paragraph-properties ${layout}/><style:text-properties fo:font-size="${size}pt" fo:font-weight="${bold ? 'bold' : 'normal'}"/></style:style>`;
}

/** A4 with the number of the page at its foot. */
function pageOf(): string {
  return `<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2cm" fo:margin-right="2cm"/><style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.4cm"/></style:footer-style></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"><style:footer><text:p text:style-name="Footer"><text:page-number text:select-page="current"/> / <text:page-count/></text:p></style:footer></style:master-page></office:master-styles>`;
}

/**
 * The styles of tables: a line under each row, rows kept whole, and the columns of each table as wide as they are beside
 * each other.
 */
export function tableStylesOf(tables: readonly Table[]): string {
  const columns = tables.flatMap(({ widths }, table) => {
    const unit = pageWidth / widths.reduce((sum, width) => sum + width, 0);
    return widths.map(
      (width, column) =>
        `<style:style style:name="${columnName(table, column)}" style:family="table-column"><style:table-column-properties style:column-width="${(width * unit).toFixed(2)}cm"/></style:style>`,
    );
  });
  return `<office:automatic-styles><style:style style:name="Figures" style:family="table"><style:table-properties style:width="${pageWidth}cm" table:align="left"/></style:style><style:style style:name="Row" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style><style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:border-bottom="0.5pt solid #6b7280" fo:padding="0.05cm"/></style:style>${columns.join('')}</office:automatic-styles>`;
}

/** The name of the style of a column, both from 0. */
export function columnName(table: number, column: number): string {
  return `Table${table + 1}Column${column + 1}`;
}
