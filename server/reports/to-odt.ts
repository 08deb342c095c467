import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { columnName, stylesOf, tableStylesOf } from './odt-styles.ts';
import type { Block, ReportDocument } from './report-document.ts';

const namespaces = [
  'office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"',
  'text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"',
  'table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"',
  'draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
  'style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"',
  'fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
  'svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
  'xlink="http://www.w3.org/1999/xlink"',
  'dc="http://purl.org/dc/elements/1.1/"',
  'manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"',
]
  .map((namespace) => `xmlns:${namespace}`)
  .join(' ');

const root = (name: string, content: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} ${namespaces} office:version="1.3">${content}</${name}>`;

const type = 'application/vnd.oasis.opendocument.text';

/** The report as an OpenDocument text (ISO/IEC 26300), for who wants to go on writing in it. */
export async function toOdt({ title, language, blocks }: ReportDocument, madeAt: Date): Promise<Buffer> {
  const pictures = blocks.flatMap((block) => (block.kind === 'figure' ? [block.svg] : []));
  const zip = new ZipFile();
  const add = (name: string, text: string, compress = true) =>
    zip.addBuffer(Buffer.from(text), name, { mtime: madeAt, compress });
  // First and as it is: that is how programs recognise the format.
  add('mimetype', type, false);
  add('content.xml', root('office:document-content', contentOf(blocks)));
  add('styles.xml', root('office:document-styles', stylesOf(language)));
  add(
    'meta.xml',
    root(
      'office:document-meta',
      `<office:meta><dc:title>${xml(title)}</dc:title><dc:date>${madeAt.toISOString().slice(0, 19)}</dc:date><dc:language>${language}</dc:language></office:meta>`,
    ),
  );
  for (const [index, svg] of pictures.entries()) add(pictureName(index), svg);
  add('META-INF/manifest.xml', manifestOf(pictures.length));
  zip.end();
  return buffer(zip.outputStream);
}

function contentOf(blocks: Block[]): string {
  let figures = 0;
  let tables = 0;
  const body = blocks.map((block) => {
    if (block.kind === 'figure') return figureOf(block, pictureName(figures++));
    if (block.kind === 'table') return tableOf(block, tables++);
    if (block.kind === 'paragraph') return paragraph(block.text);
    if (block.kind === 'list') {
      const items = block.items.map((item) => `<text:list-item>${paragraph(item)}</text:list-item>`);
      return `<text:list>${items.join('')}</text:list>`;
    }
    const { level, text } = block;
    return `<text:h text:style-name="Heading_20_${level}" text:outline-level="${level}">${xml(text)}</text:h>`;
  });
  const all = blocks.filter((block) => block.kind === 'table');
  return `${tableStylesOf(all)}<office:body><office:text>${body.join('')}</office:text></office:body>`;
}

function figureOf({ caption, alternative, rows }: Extract<Block, { kind: 'figure' }>, name: string): string {
  const height = (2 + rows.length * 0.85).toFixed(2);
  return `<text:p><draw:frame draw:name="${name}" text:anchor-type="as-char" svg:width="17cm" svg:height="${height}cm"><draw:image xlink:href="${name}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/><svg:title>${xml(caption)}</svg:title><svg:desc>${xml(alternative)}</svg:desc></draw:frame></text:p>${paragraph(caption)}`;
}

function tableOf({ caption, head, rows }: Extract<Block, { kind: 'table' }>, number: number): string {
  const cell = (text: string, style: string) =>
    `<table:table-cell table:style-name="Cell" office:value-type="string">${paragraph(text, style)}</table:table-cell>`;
  const row = (cells: string[]) =>
    `<table:table-row table:style-name="Row">${cells.join('')}</table:table-row>`;
  const columns = head.map(
    (_, column) => `<table:table-column table:style-name="${columnName(number, column)}"/>`,
  );
  const headRow = row(head.map((text) => cell(text, 'Table_20_Heading')));
  const body = rows.map(([name = '', ...values]) =>
    row([cell(name, 'Row_20_Heading'), ...values.map((text) => cell(text, 'Table_20_Contents'))]),
  );
  return `${paragraph(caption, 'Caption')}<table:table table:name="Table${number + 1}" table:style-name="Figures">${columns.join('')}<table:table-header-rows>${headRow}</table:table-header-rows>${body.join('')}</table:table>`;
}

function paragraph(text: string, style = 'Standard'): string {
  return `<text:p text:style-name="${style}">${xml(text)}</text:p>`;
}

function manifestOf(pictures: number): string {
  const entry = (path: string, media: string) =>
    `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${media}"/>`;
  const files = [
    entry('/', type),
    ...['content.xml', 'styles.xml', 'meta.xml'].map((name) => entry(name, 'text/xml')),
    ...Array.from({ length: pictures }, (_, index) => entry(pictureName(index), 'image/svg+xml')),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">${files.join('')}</manifest:manifest>`;
}

function pictureName(index: number): string {
  return `Pictures/figure-${index + 1}.svg`;
}

/** Text for XML, without the control characters that XML can't hold. */
function xml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML can't hold
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
