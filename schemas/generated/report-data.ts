/* Made from schemas/report-data.schema.json by "npm run generate". Do not edit. */

export type Share = number;
/**
 * @maxItems 100
 */
export type Figures = ReportFigure[];
/**
 * @maxItems 10000
 */
export type Groups = ReportGroup[];

/**
 * All that a report rests on, frozen: the same data, template and version of the program give the same report. Figures are those of a release, so a hidden one has no numbers here either. `all` and departments are of the period, products (most answers first) and channels of its calendar year.
 */
export interface ReportData {
  kind: 'quarterly' | 'yearly';
  /**
   * A quarter (2026-Q1) or year (2026).
   */
  period: string;
  municipality: string;
  release: ReportRelease;
  /**
   * @maxItems 100
   */
  questions: ReportQuestion[];
  all: Figures;
  departments: Groups;
  products: Groups;
  channels: Groups;
  /**
   * Call-backs that were due. Without due and share: too few to tell.
   *
   * @maxItems 10000
   */
  promises: ReportPromise[];
  /**
   * What staff think beside what residents say: of 100 residents, so many feel heard.
   *
   * @maxItems 10000
   */
  gaps: ReportGap[];
  /**
   * What residents were told in the period.
   *
   * @maxItems 10000
   */
  actions: ReportAction[];
}
export interface ReportRelease {
  number: number;
  createdAt: string;
  /**
   * Fewest answers that give a figure.
   */
  floor: number;
  /**
   * Of the survey, 0 to 1.
   */
  target: number;
  /**
   * Lowest grade that counts as satisfied.
   */
  satisfiedFrom: number;
  /**
   * SHA-256 over all rows of the release.
   */
  checksum: string;
}
export interface ReportQuestion {
  key: string;
  text: ReportText;
  /**
   * Highest value of a scale of numbers.
   */
  highest?: number;
}
export interface ReportText {
  nl: string;
  en: string;
}
export interface ReportFigure {
  question: string;
  status: 'published' | 'indicative' | 'suppressed';
  responses?: number;
  mean?: number;
  satisfied?: Share;
  /**
   * @minItems 2
   * @maxItems 2
   */
  satisfiedInterval?: [Share, Share];
  target?: Share;
  verdict?: 'met' | 'notMet' | 'undecided';
  invited?: number;
  responseRate?: Share;
  /**
   * The period before.
   */
  since?: string;
  change?: 'better' | 'worse' | 'noClearChange' | 'cannotBeSaidYet';
}
export interface ReportGroup {
  key: string;
  name: ReportText;
  figures: Figures;
}
export interface ReportPromise {
  department: ReportText;
  quarter: string;
  due?: number;
  /**
   * Kept in time, 0 to 1.
   */
  share?: number;
}
export interface ReportGap {
  department: ReportText;
  verdict: 'better' | 'asWell' | 'less' | 'cannotBeSaidYet';
  staff?: number;
  residents?: number;
}
export interface ReportAction {
  department: ReportText;
  said: string;
  did: string;
}
