import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Municipality } from '../../surveys/municipality/index.ts';

/** The components of the NL Design System that the pages use, in the order of the sheet. */
const components = [
  ...['root', 'document', 'body', 'page-layout', 'page-header', 'page-body', 'page-content', 'page-footer'],
  ...['heading-1', 'heading-2', 'heading-3', 'paragraph', 'link', 'skip-link', 'unordered-list'],
  ...['form-field', 'form-fieldset', 'form-label', 'form-field-description', 'form-field-error-message'],
  ...['radio-button', 'textarea', 'textbox', 'select', 'button', 'button-group', 'alert', 'table'],
];

/** A file that browsers may keep for ever: its name changes with its content. */
export interface Asset {
  path: string;
  type: string;
  body: Buffer;
  gzip: Buffer;
  brotli: Buffer;
}

export interface Assets {
  stylesheet: Asset;
  logo: Asset | undefined;
}

const require = createRequire(import.meta.url);
const read = (file: string) => readFileSync(require.resolve(file), 'utf8');
const packaged = components.map((name) => read(`@utrecht/${name}-css/dist/index.min.css`));
const notice =
  '/*! Contains components of the NL Design System (@utrecht/*-css). Copyright Frameless B.V., Gemeente Utrecht. Licence EUPL-1.2. */';
const layers = [
  notice,
  ...[...packaged, read('#styles/tokens.css'), read('#styles/page.css')].map(tidy),
].join('\n');

/** The files that the pages of this municipality need. The theme follows our own tokens, so that it wins. */
export function assetsOf(municipality: Municipality): Assets {
  const theme = Object.entries(municipality.theme ?? {}).map(([name, value]) => `${name}:${value};`);
  const css = theme.length > 0 ? `${layers}\n:root{${theme.join('')}}` : layers;
  return {
    stylesheet: asset('style', 'css', 'text/css; charset=utf-8', Buffer.from(css)),
    logo: municipality.logo && logoAsset(municipality.logo.image),
  };
}

function logoAsset(dataUri: string): Asset {
  const [head = '', data = ''] = dataUri.split(',');
  const type = head.slice('data:'.length, head.indexOf(';'));
  const extension = type.slice('image/'.length).replace('+xml', '');
  return asset('logo', extension, type, Buffer.from(data, 'base64'));
}

/** The last of each name: packing takes a fifth of a second, and most changes of a municipality leave its sheet alone. */
const made = new Map<string, Asset>();

function asset(name: string, extension: string, type: string, body: Buffer): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
  const path = `/assets/${name}-${hash}.${extension}`;
  const last = made.get(name);
  if (last?.path === path) return last;
  const packed = { gzip: gzipSync(body, { level: 9 }), brotli: brotliCompressSync(body) };
  const asset = { path, type, body, ...packed };
  made.set(name, asset);
  return asset;
}

/** Without comments, and without what may stand only at the start of a sheet. */
function tidy(css: string): string {
  return css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/@charset [^;]+;/g, '')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim();
}
