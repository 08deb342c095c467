import { accessibleSvg } from '../overview/chart.ts';

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

const ink = '#1b1f24';
const quiet = '#4b5563';
const font = { fontFamily: 'sans-serif', fontSize: 16, color: ink };
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
      splitLine: { lineStyle: { color: '#d5d9df' } },
      axisLine: { lineStyle: { color: '#d5d9df' } },
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
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  return draw(60 + areas.length * 44, texts, {
    grid: { left: 260, right: 90, top: 16, bottom: 36 },
    xAxis: {
      type: 'value',
      min: 0,
      max: 1,
      interval: 0.2,
      axisLabel: { formatter: (value: number) => percent.format(value), color: quiet, fontSize: 15 },
      splitLine: { lineStyle: { color: '#d5d9df' } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: areas.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: quiet } },
      axisLabel: { width: 240, overflow: 'break', color: ink, fontSize: 16 },
    },
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

/** An SVG without scripts and inline styles; the library is loaded at the first picture. */
async function draw(height: number, texts: RoundChartTexts, option: object): Promise<string> {
  const echarts = await import('./round-chart-library.ts');
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 900, height });
  try {
    chart.setOption({ animation: false, textStyle: font, ...option });
    return named(accessibleSvg(chart.renderToSVGString(), texts), texts.id);
  } finally {
    chart.dispose();
  }
}

/** Several pictures stand on one page: each has ids of its own. */
export function named(svg: string, id: string): string {
  return svg
    .replaceAll('chart-title', `${id}-title`)
    .replaceAll('chart-description', `${id}-description`)
    .replaceAll(/(\bid="|url\(#)(zr\d+)/g, `$1${id}-$2`);
}
