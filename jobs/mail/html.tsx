import type { JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Block, MailBody } from './blocks.ts';
import { mailDirection } from './language.ts';

/** Mail programs drop style sheets, so every element carries its style. Nothing is loaded: no image, no font. */
const styles = {
  page: 'margin:0;padding:0;background-color:#f2f4f6',
  card: 'max-width:560px;margin:0 auto;padding:24px;background-color:#ffffff;color:#1c1c1c;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5',
  heading: 'margin:0 0 16px;font-size:24px;line-height:1.25',
  text: 'margin:0 0 16px',
  facts: 'margin:0 0 16px;padding:0;list-style-type:none',
  button:
    'display:inline-block;padding:12px 24px;background-color:#00477e;color:#ffffff;font-weight:bold;text-decoration:none;border-radius:4px',
  link: 'color:#00477e;text-decoration:underline;overflow-wrap:anywhere',
  rule: 'margin:24px 0;border:0;border-top:1px solid #767676',
};

/** The HTML part: a whole document in the mail's language, with every text escaped. */
export function renderHtml(body: MailBody): string {
  return `<!DOCTYPE html>${renderToString(<Document {...body} />)}`;
}

function Document({ language, subject, blocks }: MailBody): JSX.Element {
  return (
    <html lang={language} dir={mailDirection(language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{subject}</title>
      </head>
      <body style={styles.page}>
        <div style={styles.card} lang={language} dir={mailDirection(language)}>
          {blocks.map((block) => (
            <Paragraph {...block} />
          ))}
        </div>
      </body>
    </html>
  );
}

function Paragraph(block: Block): JSX.Element {
  switch (block.kind) {
    case 'heading':
      return <h1 style={styles.heading}>{block.text}</h1>;
    case 'text':
      return (
        <p
          style={styles.text}
          {...(block.language ? { lang: block.language, dir: mailDirection(block.language) } : {})}
        >
          {block.text}
        </p>
      );
    case 'facts':
      return (
        <ul style={styles.facts}>
          {block.facts.map(({ label, value }) => (
            <li>
              {label}: <strong>{value}</strong>
            </li>
          ))}
        </ul>
      );
    case 'action':
      return (
        <>
          <p style={styles.text}>
            <a href={block.url} style={styles.button}>
              {block.label}
            </a>
          </p>
          <WrittenOut text={block.copy} url={block.url} />
        </>
      );
    case 'link':
      return <WrittenOut {...block} shown={shortened(block.url)} />;
    case 'contact':
      return (
        <p style={styles.text}>
          {block.text}
          {block.lines.map((line) => (
            <>
              <br />
              <span dir="ltr">{line}</span>
            </>
          ))}
        </p>
      );
    case 'rule':
      return <hr style={styles.rule} />;
  }
}

/** A link that shows where it goes, from left to right in every language. */
function WrittenOut({ text, url, shown = url }: { text: string; url: string; shown?: string }): JSX.Element {
  return (
    <p style={styles.text}>
      {text}{' '}
      <a href={url} style={styles.link} dir="ltr">
        {shown}
      </a>
    </p>
  );
}

/** An address as far as it says something to people: the token to opt out takes three lines and says nothing. */
function shortened(url: string): string {
  return url.replace(/(?<=\/)[\w-]{36,}$/, '…');
}
