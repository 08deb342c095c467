import { Liquid, LiquidError, Tag, type TagToken } from 'liquidjs';
import { problem } from '../../surveys/problems.ts';
import type { Block, Figure, ReportDocument, Table } from './report-document.ts';

/** What a template may use: values for `{{ … }}`, and tables and figures for `{% show name %}`. */
export interface TemplateData {
  values: Record<string, unknown>;
  pieces: Readonly<Record<string, Table | Figure | undefined>>;
  language: ReportDocument['language'];
}

/** Limits of work: a template that never ends is a fault as any other. */
const limits = { renderLimit: 5_000, parseLimit: 200_000, memoryLimit: 10_000_000 };

/** A line that stands for a piece; no value and no template can hold this character. */
const pieceMark = '\u0000';

/**
 * Fills in a template and reads what it says as a document. A template is Liquid, and its text has `# `, `## ` and
 * `### ` for headings, `- ` for items of a list, and empty lines between paragraphs. It knows nothing but its data:
 * there are no includes, and what it says is text in every format, never markup.
 * @throws Problem `invalidTemplate` that names the line and column of the fault
 */
export function fillTemplate(source: string, data: TemplateData): ReportDocument {
  const blocks = readBlocks(fill(source, data), data.pieces);
  const title = blocks.find((block) => block.kind === 'heading' && block.level === 1);
  if (title?.kind !== 'heading')
    throw faulty('There is no line that begins with "# ": a report needs a title.', 1, 1);
  return { title: title.text, language: data.language, blocks };
}

function fill(source: string, { values, pieces }: TemplateData): string {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    templates: {},
    // No value begins a line of its own.
    outputEscape: (value: unknown) => String(value ?? '').replaceAll(/\s+/g, ' '),
    ...limits,
  });
  engine.registerTag('show', showTag(new Set(Object.keys(pieces))));
  try {
    return engine.parseAndRenderSync(source.replaceAll(pieceMark, ''), values);
  } catch (error) {
    if (!(error instanceof LiquidError)) throw error;
    const [line, column] = error.token.getPosition();
    throw faulty(
      error.originalError?.message ?? error.message.replace(/, line:.*$/s, ''),
      line ?? 1,
      column ?? 1,
    );
  }
}

/** `{% show departments %}`: a table or figure by its name. */
function showTag(names: ReadonlySet<string>) {
  return class Show extends Tag {
    readonly piece: string;
    constructor(token: TagToken, remaining: ConstructorParameters<typeof Tag>[1], liquid: Liquid) {
      super(token, remaining, liquid);
      this.piece = token.args.trim();
      if (!names.has(this.piece)) {
        throw new Error(`there is no table or figure "${this.piece}"; there are ${[...names].join(', ')}`);
      }
    }
    override render(): string {
      return `\n${pieceMark}${this.piece}\n`;
    }
  };
}

function faulty(detail: string, line: number, column: number) {
  const where = `line ${line}, column ${column}`;
  return problem('invalidTemplate', {
    detail: `The template of the report has a fault at ${where}: ${detail}`,
    faults: [{ pointer: `/line/${line}/column/${column}`, code: 'invalidTemplate', detail }],
  });
}

function readBlocks(text: string, pieces: TemplateData['pieces']): Block[] {
  const blocks: Block[] = [];
  /** What the line before belongs to; an empty line ends it. */
  let open: Block | undefined;
  const begin = (block: Block) => {
    blocks.push(block);
    open = block;
  };
  for (const line of text.split('\n').map((one) => one.trim())) {
    const [, marks, heading] = /^(#{1,3}) (.*)$/.exec(line) ?? [];
    const piece = line.startsWith(pieceMark) ? pieces[line.slice(1)] : undefined;
    if (line === '' || line.startsWith(pieceMark)) {
      if (piece) blocks.push(piece);
      open = undefined;
    } else if (marks !== undefined && heading !== undefined) {
      begin({ kind: 'heading', level: marks.length as 1 | 2 | 3, text: heading });
    } else if (line.startsWith('- ')) {
      if (open?.kind === 'list') open.items.push(line.slice(2));
      else begin({ kind: 'list', items: [line.slice(2)] });
    } else if (open?.kind === 'paragraph') open.text += ` ${line}`;
    else begin({ kind: 'paragraph', text: line });
  }
  return blocks;
}
