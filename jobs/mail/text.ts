import type { Block, MailBody } from './blocks.ts';

const lineWidth = 72;

/** The plain part. Addresses of pages stand alone on their line, unbroken, so that every mail program links them. */
export function renderText({ blocks }: MailBody): string {
  return blocks.map(paragraph).join('\n\n');
}

function paragraph(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${block.text}\n${'='.repeat(Math.min(block.text.length, lineWidth))}`;
    case 'text':
      return wrap(block.text);
    case 'facts':
      return block.facts.map(({ label, value }) => wrap(`${label}: ${value}`)).join('\n');
    case 'action':
      return `${block.label}:\n${block.url}`;
    case 'link':
      return `${wrap(block.text)}\n${block.url}`;
    case 'contact':
      return [wrap(block.text), ...block.lines].join('\n');
    case 'rule':
      return '-'.repeat(lineWidth);
  }
}

function wrap(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > lineWidth) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
