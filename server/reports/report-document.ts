import type { ChartRow } from '../pages/overview/chart.ts';

/** A report as a row of blocks: what each format shows, told once. All texts are plain. */
export interface ReportDocument {
  title: string;
  language: 'nl' | 'en';
  blocks: Block[];
}

export type Block = Heading | Paragraph | List | Table | Figure;

export interface Heading {
  kind: 'heading';
  level: 1 | 2 | 3;
  text: string;
}

export interface Paragraph {
  kind: 'paragraph';
  text: string;
}

export interface List {
  kind: 'list';
  items: string[];
}

/** The first cell of a row names it. */
export interface Table {
  kind: 'table';
  caption: string;
  head: string[];
  /** How wide each column is beside the others. */
  widths: number[];
  rows: string[][];
}

/** Shares with their intervals and the goal. */
export interface Figure {
  kind: 'figure';
  caption: string;
  /** What the picture shows, in words. */
  alternative: string;
  rows: ChartRow[];
  target: number;
  /** The same as a drawing, for formats that take one. */
  svg: string;
}
