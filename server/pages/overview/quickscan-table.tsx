import { type Derived, textIn } from '../../../surveys/definitions/index.ts';
import type { Score } from '../../../surveys/golden-ear/index.ts';
import type { PageContext } from '../page-context.ts';
import { ScrollRegion } from './figure-table.tsx';
import { decimal, type Named } from './figures.ts';

/** The quickscan of one department: points per area (absent: not shown), and what they come to. */
export interface DepartmentScan {
  department: Named;
  points: Readonly<Record<string, number | undefined>>;
  score: Score | undefined;
}

interface QuickscanTableProps {
  page: PageContext;
  areas: Derived[];
  scans: DepartmentScan[];
}

/** Areas down, departments across, with total and level: always as an indication. */
export function QuickscanTable({ page, areas, scans }: QuickscanTableProps) {
  const { locale, t } = page;
  const suppressed = <td class="ge-cell--suppressed">{t('overview.suppressed')}</td>;
  const number = (value: number | undefined) =>
    value === undefined ? suppressed : <td>{decimal(value, locale)}</td>;
  return (
    <ScrollRegion label={t('overview.scanCaption')}>
      <table class="utrecht-table utrecht-table--html-table">
        <caption class="utrecht-table__caption">{t('overview.scanCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('overview.scanArea')}</th>
            {scans.map(({ department }) => (
              <th scope="col">{department.name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {areas.map(({ key, title, weight }) => (
            <tr>
              <th scope="row">
                {textIn(title, locale)}{' '}
                <span class="ge-cell__note">{t('overview.scanOf', { maximum: weight })}</span>
              </th>
              {scans.map(({ points }) => number(points[key]))}
            </tr>
          ))}
          <tr>
            <th scope="row">{t('overview.scanTotal')}</th>
            {scans.map(({ score }) => number(score?.total))}
          </tr>
          <tr>
            <th scope="row">{t('overview.scanLevel')}</th>
            {scans.map(({ score }) => (score ? <td>{textIn(score.level.title, locale)}</td> : suppressed))}
          </tr>
        </tbody>
      </table>
    </ScrollRegion>
  );
}
