import type { PerceptionGap } from '../../../surveys/golden-ear/index.ts';
import { formatTag } from '../i18n.ts';
import { type ChartRow, drawChart } from '../overview/chart.ts';
import type { PageContext } from '../page-context.ts';
import { type ChartArea, drawBars, drawRadar, named, type RoundChartTexts } from './round-charts.ts';
import type { RoundReport } from './round-report.ts';

/** A picture as SVG, and what it is called. */
export interface AreaPicture {
  label: string;
  svg: string;
}

/** The pictures of a round's areas: a radar where all are shown, and bars. */
export async function areaPictures(report: RoundReport, page: PageContext): Promise<AreaPicture[]> {
  const areas = report.areas.map(({ title, weight, points, previous, municipality }): ChartArea => {
    const share = (value: number | undefined) => (value === undefined ? undefined : value / weight);
    return {
      name: title,
      own: share(points),
      previous: share(previous),
      municipality: share(municipality),
    };
  });
  if (areas.every(({ own }) => own === undefined)) return [];
  const { locale, t } = page;
  const texts = (id: string, title: string): RoundChartTexts => ({
    id,
    title,
    description: t('round.chartText'),
  });
  const [radarTitle, barsTitle] = [t('round.radarTitle'), t('round.barsTitle')];
  const radar = await drawRadar(areas, texts('radar', radarTitle));
  const bars = await drawBars(areas, formatTag(locale), texts('bars', barsTitle));
  return [...(radar ? [{ label: radarTitle, svg: radar }] : []), { label: barsTitle, svg: bars }];
}

/** Staff's estimate and residents' share below each other, per department, on one scale; undefined without any. */
export async function gapPicture(
  gaps: { name?: string; gap: PerceptionGap }[],
  { locale, t }: PageContext,
): Promise<string | undefined> {
  const rows = gaps.flatMap(({ name, gap: { staff, residents } }): ChartRow[] => {
    if (!staff || !residents) return [];
    const label = (who: string) => (name === undefined ? who : `${name}\n${who}`);
    return [
      { name: label(t('perception.staff')), ...onShare(staff) },
      { name: label(t('perception.residentsName')), ...onShare(residents) },
    ];
  });
  if (rows.length === 0) return undefined;
  const texts = { title: t('perception.title'), description: t('perception.chartText') };
  return named(await drawChart(rows, undefined, formatTag(locale), texts), 'gap');
}

function onShare({
  value,
  interval: [low, high],
}: NonNullable<PerceptionGap['staff']>): Omit<ChartRow, 'name'> {
  return { share: value / 100, interval: [low / 100, high / 100] };
}
