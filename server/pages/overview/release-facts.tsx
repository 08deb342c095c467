import { formatTag } from '../i18n.ts';
import type { PageContext } from '../page-context.ts';
import { type FigureTable, percent } from './figures.ts';

/** About the release that the figures are from. */
interface ReleaseFacts {
  number: number;
  createdAt: Date;
  checksum: string;
  floor: number;
  target: number;
}

/** The figures of the question shown; without a release there are none. */
export interface ReleasedFigures {
  release: ReleaseFacts;
  /** The calendar year that the figures are of. */
  period: string;
  table: FigureTable;
}

interface FactsProps {
  page: PageContext;
  release: ReleaseFacts;
  period: string;
}

/** From which release the figures are, and what it promises. */
export function Facts({ page: { locale, t }, release, period }: FactsProps) {
  const { number, createdAt, checksum, floor, target } = release;
  const date = createdAt.toLocaleDateString(formatTag(locale), {
    dateStyle: 'long',
    timeZone: 'Europe/Amsterdam',
  });
  return (
    <dl class="ge-facts">
      <dt>{t('overview.period')}</dt>
      <dd>{period}</dd>
      <dt>{t('overview.release')}</dt>
      <dd>{t('overview.releaseNumber', { number })}</dd>
      <dt>{t('overview.date')}</dt>
      <dd>{date}</dd>
      <dt>{t('overview.target')}</dt>
      <dd>{t('overview.targetText', { share: percent(target, locale) })}</dd>
      <dt>{t('overview.floor')}</dt>
      <dd>{t('overview.floorText', { count: floor })}</dd>
      <dt>{t('overview.checksum')}</dt>
      <dd>{checksum}</dd>
    </dl>
  );
}
