import { DataTable } from '../components/data-table.tsx';
import { Heading2, Paragraph } from '../components/text.tsx';
import { formatTag } from '../i18n.ts';
import { decimal, type Figure, percent } from '../overview/figures.ts';
import type { StaffPageContext } from '../page-context.ts';
import { Chart } from './dashboard-chart.tsx';
import type { DashboardFigures } from './dashboard-figures.ts';
import { funnelOf } from './funnel.ts';

type Row = DashboardFigures['trend'][number];

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

/** What changed since the period before, in words; a dash in the first. */
export function changeWord({ change }: Row, { t }: StaffPageContext): string {
  const verdict = (change?.satisfied ?? change?.mean)?.verdict;
  return verdict === undefined ? '–' : t(`dashboard.changed.${verdict}`);
}

interface FunnelProps {
  page: StaffPageContext;
  figure: DashboardFigures['total'];
  chart: string | undefined;
}

/** From contact to answer, with the rates and what they are of. */
export function Funnel({ page, figure, chart }: FunnelProps) {
  const { locale, t } = page;
  const steps = funnelOf(figure);
  const share = (rate: number | undefined) => (rate === undefined ? '–' : percent(rate, locale));
  const number = new Intl.NumberFormat(formatTag(locale));
  return (
    <>
      <Heading2>{t('dashboard.funnelTitle')}</Heading2>
      {steps.length === 0 ? (
        <Paragraph>{t('dashboard.funnelNone')}</Paragraph>
      ) : (
        <>
          <Paragraph>{t('dashboard.funnelChart')}</Paragraph>
          <Chart page={page} label={t('dashboard.funnelTitle')} svg={chart} />
          <DataTable
            caption={t('dashboard.funnelTitle')}
            head={[
              t('dashboard.step'),
              t('dashboard.number'),
              t('dashboard.ofInvited'),
              t('dashboard.ofArrived'),
            ]}
            rows={steps.map(({ step, count, about, ofInvited, ofDelivered }) => [
              t(`dashboard.${step}`),
              about ? t('dashboard.about', { number: number.format(count) }) : number.format(count),
              share(ofInvited),
              share(ofDelivered),
            ])}
          />
        </>
      )}
      <Paragraph>{t('dashboard.funnelText')}</Paragraph>
    </>
  );
}
