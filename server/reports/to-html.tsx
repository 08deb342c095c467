import { renderToString } from 'preact-render-to-string';
import type { Block, ReportDocument } from './report-document.ts';

const style = `
body { color: #1b1f24; font: 1.05rem/1.6 sans-serif; margin: 0 auto; max-width: 50rem; padding: 1rem; }
h2 { margin-top: 2.5rem; } p { overflow-wrap: anywhere; } table { border-collapse: collapse; min-width: 36rem; } caption { font-weight: bold; text-align: left; }
th, td { border-bottom: 1px solid #6b7280; padding: .3rem .8rem .3rem 0; text-align: left; vertical-align: top; }
.wide { overflow-x: auto; } .wide:focus { outline: 3px solid #1b1f24; outline-offset: 2px; } figure { margin: 1rem 0; } svg { height: auto; width: 100%; min-width: 36rem; }
@media print { table, svg { min-width: 0; } .wide { overflow-x: visible; } h2, h3, caption { break-after: avoid; } tr, figure { break-inside: avoid; } }`;

/** The report as one accessible page that needs nothing else. */
export function toHtml({ title, language, blocks }: ReportDocument): string {
  const page = (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {/* Ours, and no text of others is in it. */}
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main>
          {blocks.map((block) => (
            <BlockView block={block} />
          ))}
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(page)}\n`;
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading': {
      const Level = `h${block.level}` as const;
      return <Level>{block.text}</Level>;
    }
    case 'paragraph':
      return <p>{block.text}</p>;
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      );
    case 'figure':
      return (
        <figure>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section class="wide" aria-label={block.caption} tabIndex={0}>
            {/* Drawn by us; all texts in it are escaped. */}
            <div dangerouslySetInnerHTML={{ __html: block.svg }} />
          </section>
          <figcaption>{block.caption}</figcaption>
        </figure>
      );
    case 'table':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section class="wide" aria-label={block.caption} tabIndex={0}>
          <table>
            <caption>{block.caption}</caption>
            <thead>
              <tr>
                {block.head.map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map(([name, ...cells]) => (
                <tr>
                  <th scope="row">{name}</th>
                  {cells.map((cell) => (
                    <td>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      );
  }
}
