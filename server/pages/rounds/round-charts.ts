import { drawPicture, faint, ink, nameAxis, percentFormat, quiet, shareAxis } from '../overview/picture.ts';

/** An area with the share of its highest points, 0 to 1, per series; absent where it is not shown. */
export interface ChartArea {
  name: string;
  own: number | undefined;
  previous: number | undefined;
  municipality: number | undefined;
}

export interface RoundChartTexts {
  /** Names the picture on its page. */
  id: string;
  title: string;
  description: string;
}

const series = ['own', 'previous', 'municipality'] as const;

/** Lines that are told apart without colour. */
const lines = {
  own: { color: ink, width: 3, type: 'solid' as const },
  previous: { color: ink, width: 2, type: 'dashed' as const },
  municipality: { color: quiet, width: 2, type: 'dotted' as const },
};

/** The areas as a radar: own, and what it is compared with. Only for whole series: a gap would look like a zero. */
export async function drawRadar(areas: ChartArea[], texts: RoundChartTexts): Promise<string | undefined> {
  const whole = series.filter((name) => areas.every((area) => area[name] !== undefined));
  if (!whole.includes('own')) return undefined;
  return draw(560, texts, {
    radar: {
      center: ['50%', '52%'],
      radius: '78%',
      indicator: areas.map(({ name }) => ({ name, max: 1 })),
      axisName: { color: ink, fontSize: 15 },
      splitArea: { show: false },
      splitLine: { lineStyle: { color: faint } },
      axisLine: { lineStyle: { color: faint } },
    },
    series: [
      {
        type: 'radar',
        silent: true,
        symbol: 'none',
        data: whole.map((name) => ({
          value: areas.map((area) => area[name]),
          lineStyle: lines[name],
          itemStyle: { color: lines[name].color },
        })),
      },
    ],
  });
}

/** The areas as bars with their figures in words; an area that is not shown has none. */
export async function drawBars(areas: ChartArea[], locale: string, texts: RoundChartTexts): Promise<string> {
  const percent = percentFormat(locale);
  return draw(60 + areas.length * 44, texts, {
    grid: { left: 260, right: 90, top: 16, bottom: 36 },
    xAxis: shareAxis(percent),
    yAxis: nameAxis(
      areas.map(({ name }) => name),
      260,
    ),
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: 18,
        itemStyle: { color: ink },
        data: areas.map(({ own }) => own ?? null),
        label: {
          show: true,
          position: 'right',
          color: ink,
          fontSize: 16,
          formatter: ({ value }: { value?: unknown }) =>
            typeof value === 'number' ? percent.format(value) : '',
        },
      },
    ],
  });
}

async function draw(height: number, texts: RoundChartTexts, option: object): Promise<string> {
  const echarts = await import('./round-chart-library.ts');
  return named(drawPicture(echarts, { width: 900, height }, texts, option), texts.id);
}

/** Several pictures stand on one page: each has ids of its own. */
export function named(svg: string, id: string): string {
  return svg
    .replaceAll('chart-title', `${id}-title`)
    .replaceAll('chart-description', `${id}-description`)
    .replaceAll(/(\bid="|url\(#)(zr\d+)/g, `$1${id}-$2`);
}
