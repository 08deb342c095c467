import { bandName, textIn } from '../../../surveys/definitions/index.ts';
import { DataTable } from '../components/data-table.tsx';
import { Page } from '../components/page.tsx';
import { Alert, Heading1, Heading2, Link, List, Paragraph } from '../components/text.tsx';
import { UnknownChoices } from '../components/unknown-choices.tsx';
import { FigureTableView } from '../overview/figure-table.tsx';
import { percent } from '../overview/figures.ts';
import { Facts } from '../overview/release-facts.tsx';
import type { StaffPageContext } from '../page-context.ts';
import type { Filters } from './choices.ts';
import { Chart } from './dashboard-chart.tsx';
import type { DashboardCharts } from './dashboard-charts.ts';
import { type DashboardFigures, queriesOf } from './dashboard-figures.ts';
import { type Choice, DashboardFilters, type FiltersProps } from './dashboard-filters.tsx';
import { changeWord, Funnel, figureCells } from './dashboard-tables.tsx';
import { DriversView } from './drivers-view.tsx';

export interface DashboardPageProps extends Omit<FiltersProps, 'page' | 'filters'> {
  page: StaffPageContext;
  /** Undefined before the first release. */
  view: { filters: Filters; figures: DashboardFigures; charts: DashboardCharts } | undefined;
  /** Only some departments are shown. */
  limited: boolean;
  /** Choices of the address that there is nothing for, by name. */
  unknown: Choice[];
}

type ViewProps = NonNullable<DashboardPageProps['view']> & { page: StaffPageContext };

/** Figures to steer by: every choice is in the address, every chart has its table, every table its file. */
export function DashboardPage({ page, view, limited, unknown, ...choices }: DashboardPageProps) {
  const { t } = page;
  return (
    <Page page={page} title={t('dashboard.title')} wide query={view ? addressOf(view.filters) : {}}>
      <Heading1>{t('dashboard.title')}</Heading1>
      <Paragraph lead>{t('dashboard.lead')}</Paragraph>
      <UnknownChoices page={page} labels={unknown.map((name) => labelOf[name])} />
      {limited && <Paragraph>{t('overview.limited')}</Paragraph>}
      {view ? (
        <>
          <DashboardFilters page={page} filters={view.filters} {...choices} />
          <Goal page={page} {...view} />
          <HeatMap page={page} {...view} />
          <Trend page={page} {...view} />
          <Distribution page={page} {...view} />
          <Funnel page={page} figure={view.figures.total} chart={view.charts.funnel} />
          <DriversView
            page={page}
            filters={view.filters}
            drivers={view.figures.drivers}
            chart={view.charts.drivers}
          />
          <Heading2>{t('overview.facts')}</Heading2>
          <Facts page={page} release={view.figures.table.release} period={view.figures.table.period} />
          <Paragraph>{t('overview.suppressedNote')}</Paragraph>
          <List items={[t('overview.sureText'), t('overview.sureVerdict'), t('overview.methodInterval')]} />
        </>
      ) : (
        <Alert kind="info" title={t('overview.noRelease')}>
          <Paragraph>{t('overview.noReleaseText')}</Paragraph>
        </Alert>
      )}
    </Page>
  );
}

/** How the form names the choices. */
const labelOf = {
  question: 'journey.question',
  department: 'overview.department',
  year: 'overview.period',
  period: 'dashboard.trendBy',
} as const;

/** The choices as they stand in the address. */
function addressOf({ shown, department, year, period }: Filters): Record<string, string> {
  return { question: shown.question.key, department: department?.key ?? '', year, period };
}

function Goal({ page: { locale, t }, figures, filters }: ViewProps) {
  const share = percent(figures.table.release.target, locale);
  const { total } = figures;
  const who = filters.department?.name ?? t('dashboard.allDepartments');
  if (total?.satisfied === undefined || !total.satisfiedInterval || !total.verdict) {
    return <Paragraph>{t('dashboard.goalHidden', { who })}</Paragraph>;
  }
  const [low, high] = total.satisfiedInterval.map((end) => percent(end, locale)) as [string, string];
  const values = { who, share: percent(total.satisfied, locale), low, high, year: filters.year };
  return (
    <Paragraph>
      {t('dashboard.goal', values)} <strong>{t(`dashboard.goal.${total.verdict}`, { share })}</strong>
    </Paragraph>
  );
}

function HeatMap({ page, figures, filters, charts }: ViewProps) {
  const { locale, t } = page;
  const question = textIn(filters.shown.question.text, locale);
  return (
    <>
      <Heading2>{t('overview.tableTitle')}</Heading2>
      <Paragraph>{t('dashboard.heatText')}</Paragraph>
      <Chart page={page} label={t('dashboard.heatTitle')} svg={charts.heatMap} />
      <FigureTableView
        page={page}
        caption={t('overview.tableCaption', { question })}
        table={figures.table.table}
      />
      <Download page={page} query={queriesOf(filters).table} />
      <Paragraph>{t('overview.methodChannels')}</Paragraph>
    </>
  );
}

function Trend({ page, figures, filters, charts }: ViewProps) {
  const { t } = page;
  return (
    <>
      <Heading2>{t('dashboard.trendTitle')}</Heading2>
      <Paragraph>{t('dashboard.trendText')}</Paragraph>
      <Chart page={page} label={t('dashboard.trendTitle')} svg={charts.trend} />
      <DataTable
        caption={t('dashboard.trendTitle')}
        head={[
          t('dashboard.period'),
          t('journey.satisfied'),
          t('journey.sure'),
          t('dashboard.mean'),
          t('journey.answers'),
          t('dashboard.change'),
        ]}
        rows={figures.trend.map((row) => [
          row.period ?? '',
          ...figureCells(row, page),
          changeWord(row, page),
        ])}
      />
      <Paragraph>{t('dashboard.changeText')}</Paragraph>
      <Download page={page} query={queriesOf(filters).trend} />
    </>
  );
}

function Distribution({ page, figures, filters, charts }: ViewProps) {
  const { locale, t } = page;
  const scale = filters.shown.question.scale;
  return (
    <>
      <Heading2>{t('dashboard.distributionTitle')}</Heading2>
      {figures.distribution.length === 0 ? (
        <Paragraph>{t('dashboard.distributionHidden')}</Paragraph>
      ) : (
        <>
          <Paragraph>{t('dashboard.distributionText')}</Paragraph>
          <Chart page={page} label={t('dashboard.distributionTitle')} svg={charts.distribution} />
          <DataTable
            caption={t('dashboard.distributionTitle')}
            head={[t('dashboard.answer'), t('dashboard.share'), t('journey.sure'), t('journey.answers')]}
            rows={figures.distribution.map(({ band, count, share, interval: [low, high] }) => [
              bandName(scale, band, locale),
              percent(share, locale),
              t('overview.interval', { low: percent(low, locale), high: percent(high, locale) }),
              count,
            ])}
          />
        </>
      )}
      <Download page={page} query={queriesOf(filters).total} />
    </>
  );
}

/** The same table as a file, from the API. */
function Download({ page: { locale, t }, query }: { page: StaffPageContext; query: Record<string, string> }) {
  const address = (format: string) =>
    `/v1/aggregates?${new URLSearchParams({ ...query, format, lang: locale })}`;
  return (
    <p class="utrecht-paragraph ge-no-print">
      {t('dashboard.download')} <Link href={address('csv')}>{t('dashboard.csv')}</Link>,{' '}
      <Link href={address('csv-excel')}>{t('dashboard.excel')}</Link>
    </p>
  );
}
