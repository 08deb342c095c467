import { bandName } from '../../../surveys/definitions/index.ts';
import { formatTag } from '../i18n.ts';
import { drawJourney } from '../journey/journey-chart.ts';
import { drawChart } from '../overview/chart.ts';
import type { PageContext } from '../page-context.ts';
import type { Filters } from './choices.ts';
import type { DashboardFigures } from './dashboard-figures.ts';
import { questionTexts } from './drivers-view.tsx';
import { funnelOf } from './funnel.ts';
import { drawFunnel } from './funnel-chart.ts';
import { drawHeatMap } from './heat-map.ts';

/** The pictures of a dashboard as SVG; undefined where there is nothing that may be drawn. */
export interface DashboardCharts {
  heatMap: string | undefined;
  trend: string | undefined;
  distribution: string | undefined;
  drivers: string | undefined;
  funnel: string | undefined;
}

/** Draws what the tables say. */
export async function dashboardCharts(
  filters: Filters,
  figures: DashboardFigures,
  page: Pick<PageContext, 'locale' | 't'>,
): Promise<DashboardCharts> {
  const [heatMap, trend, distribution, drivers, funnel] = await Promise.all([
    heatMapOf(figures, page),
    trendOf(figures, page),
    distributionOf(filters, figures, page),
    driversChart(filters, figures, page),
    funnelChart(figures, page),
  ]);
  return { heatMap, trend, distribution, drivers, funnel };
}

type Texts = Pick<PageContext, 'locale' | 't'>;

async function heatMapOf({ table: { table } }: DashboardFigures, { locale, t }: Texts) {
  const { departments, channels } = table;
  if (departments.length === 0 || channels.length === 0) return undefined;
  const squares = departments.flatMap((department, row) =>
    channels.map((channel, column) => ({ row, column, figure: table.figure(department.key, channel.key) })),
  );
  return drawHeatMap(names(departments), names(channels), squares, formatTag(locale), {
    id: 'heat-map',
    title: t('dashboard.heatTitle'),
    description: t('dashboard.heatText'),
    hidden: t('overview.suppressed'),
  });
}

async function trendOf({ trend, table }: DashboardFigures, { locale, t }: Texts) {
  if (trend.filter(({ satisfied }) => satisfied !== undefined).length === 0) return undefined;
  const periods = trend.map(({ period, satisfied, satisfiedInterval }) => ({
    name: period ?? '',
    share: satisfied,
    interval: satisfiedInterval as [number, number] | undefined,
    mark: undefined,
  }));
  const texts = { id: 'trend', title: t('dashboard.trendTitle'), description: t('dashboard.trendText') };
  return drawJourney(periods, formatTag(locale), texts, table.release.target);
}

async function distributionOf({ shown }: Filters, { distribution }: DashboardFigures, { locale, t }: Texts) {
  if (distribution.length === 0) return undefined;
  const rows = distribution.map(({ band, share, interval }) => ({
    name: bandName(shown.question.scale, band, locale),
    share,
    interval,
  }));
  return drawChart(rows, undefined, formatTag(locale), {
    id: 'distribution',
    title: t('dashboard.distributionTitle'),
    description: t('dashboard.distributionText'),
  });
}

async function driversChart(filters: Filters, { drivers }: DashboardFigures, { locale, t }: Texts) {
  if (!drivers) return undefined;
  const text = questionTexts(filters, locale);
  const rows = drivers.drivers.map(({ question, share, interval }) => ({
    name: text(question),
    share,
    interval,
  }));
  return drawChart(rows, undefined, formatTag(locale), {
    id: 'drivers',
    title: t('dashboard.driversTitle'),
    description: t('dashboard.driversText'),
  });
}

async function funnelChart({ total }: DashboardFigures, { locale, t }: Texts) {
  const steps = funnelOf(total).map(({ step, count }) => ({ name: t(`dashboard.${step}`), count }));
  if (steps.length === 0) return undefined;
  return drawFunnel(steps, formatTag(locale), {
    id: 'funnel',
    title: t('dashboard.funnelTitle'),
    description: t('dashboard.funnelChart'),
  });
}

function names(all: { name: string }[]): string[] {
  return all.map(({ name }) => name);
}
