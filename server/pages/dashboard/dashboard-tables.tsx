import { DataTable } from '../components/data-table.tsx';
import { Heading2, Paragraph } from '../components/text.tsx';
import { decimal, type Figure, percent } from '../overview/figures.ts';
import type { StaffPageContext } from '../page-context.ts';
import type { DashboardFigures } from './dashboard-figures.ts';

/** Share, interval, mean and answers of a row, in words where it is hidden. */
export function figureCells(figure: Figure, { locale, t }: StaffPageContext) {
  const { status, responses, satisfied, satisfiedInterval, mean } = figure;
  if (status === 'suppressed' || responses === undefined) {
    return [<em>{t('overview.suppressed')}</em>, '–', '–', '–'];
  }
  const ends = satisfiedInterval?.map((end) => percent(end, locale));
  return [
    satisfied === undefined ? t('overview.noAnswers') : percent(satisfied, locale),
    ends ? t('overview.interval', { low: ends[0] ?? '', high: ends[1] ?? '' }) : '–',
    mean === undefined ? '–' : decimal(mean, locale),
    `${responses}${status === 'indicative' ? ` (${t('overview.indicative')})` : ''}`,
  ];
}

/** From who was asked to who answered, with the rates and what they are of. */
export function Funnel({ page, figure }: { page: StaffPageContext; figure: DashboardFigures['total'] }) {
  const { locale, t } = page;
  const { invited, answered, responseRate, responseRate1 } = figure ?? {};
  const share = (rate: number | undefined) => (rate === undefined ? '–' : percent(rate, locale));
  return (
    <>
      <Heading2>{t('dashboard.funnelTitle')}</Heading2>
      {invited === undefined || answered === undefined ? (
        <Paragraph>{t('dashboard.funnelNone')}</Paragraph>
      ) : (
        <DataTable
          caption={t('dashboard.funnelTitle')}
          head={[
            t('dashboard.step'),
            t('dashboard.number'),
            t('dashboard.ofInvited'),
            t('dashboard.ofArrived'),
          ]}
          rows={[
            [t('dashboard.invited'), invited, percent(1, locale), '–'],
            [t('dashboard.answered'), answered, share(responseRate1), share(responseRate)],
          ]}
        />
      )}
      <Paragraph>{t('dashboard.funnelText')}</Paragraph>
    </>
  );
}
