import type { Interval } from '../../../surveys/aggregates/measures.ts';
import { keepDrawings } from './keep-drawings.ts';

/** One line of the chart: a share with its interval, all from 0 to 1. */
export interface ChartRow {
  name: string;
  share: number;
  interval: Interval;
}

export interface ChartTexts {
  /** Needed where a page has more than one picture. */
  id?: string;
  title: string;
  description: string;
  goal?: string;
}

const [width, rowHeight, margin] = [900, 44, { left: 260, right: 90, top: 40, bottom: 36 }];
const ink = '#1b1f24';
const quiet = '#4b5563';

/**
 * Draws shares with their intervals (and the goal, if any) as an SVG without scripts and inline styles (the pages' content
 * policy allows none). Readable in black and white: a square, a line, a dashed line, figures in words.
 * The chart library is loaded at the first chart, so that an idle service does without it.
 */
export const drawChart = keepDrawings(draw);

async function draw(
  rows: ChartRow[],
  target: number | undefined,
  locale: string,
  texts: ChartTexts,
): Promise<string> {
  const echarts = await import('./chart-library.ts');
  const height = margin.top + margin.bottom + rows.length * rowHeight;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: 'sans-serif', fontSize: 16, color: ink },
      grid: { ...margin, containLabel: false },
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
        data: rows.map(({ name }) => name),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: quiet } },
        axisLabel: { width: margin.left - 20, overflow: 'break', color: ink, fontSize: 16 },
      },
      series: [
        {
          type: 'custom',
          silent: true,
          data: rows.map(({ share, interval: [low, high] }, row) => [row, low, high, share]),
          renderItem: (_parameters: unknown, api: PlotApi) => whisker(api, percent),
          markLine: {
            silent: true,
            symbol: 'none',
            data: target === undefined ? [] : [{ xAxis: target }],
            lineStyle: { color: ink, type: [6, 5], width: 2 },
            label: { formatter: texts.goal ?? '', color: ink, fontSize: 15, position: 'start' },
          },
        },
      ],
    });
    return accessibleSvg(chart.renderToSVGString(), texts);
  } finally {
    chart.dispose();
  }
}

/** What the chart library gives to who draws a mark: its data, and where data lie in the plot, in pixels. */
export interface PlotApi {
  value(dimension: number): number | string;
  coord(point: [number, number]): number[];
  size?(span: [number, number]): number | number[];
}

/** A line from low to high with feet, a square on the share, and the share in figures right of the plot. */
function whisker(api: PlotApi, percent: Intl.NumberFormat) {
  const [row, low, high, share] = [0, 1, 2, 3].map((dimension) => Number(api.value(dimension))) as [
    number,
    number,
    number,
    number,
  ];
  const [x1 = 0, y = 0] = api.coord([low, row]);
  const [x2 = 0] = api.coord([high, row]);
  const [x = 0] = api.coord([share, row]);
  const line = (shape: { x1: number; y1: number; x2: number; y2: number }) => ({
    type: 'line' as const,
    shape,
    style: { stroke: ink, lineWidth: 2 },
  });
  return {
    type: 'group' as const,
    children: [
      line({ x1, y1: y, x2, y2: y }),
      line({ x1, y1: y - 6, x2: x1, y2: y + 6 }),
      line({ x1: x2, y1: y - 6, x2, y2: y + 6 }),
      { type: 'rect' as const, shape: { x: x - 6, y: y - 6, width: 12, height: 12 }, style: { fill: ink } },
      {
        type: 'text' as const,
        style: {
          text: percent.format(share),
          x: width - margin.right + 14,
          y,
          verticalAlign: 'middle' as const,
          fill: ink,
          fontSize: 16,
        },
      },
    ],
  };
}

/**
 * Names and describes the picture, takes out what only scripts and pointers use, and turns inline styles into the
 * attributes that mean the same.
 */
export function accessibleSvg(
  svg: string,
  { id = 'chart', title, description }: Pick<ChartTexts, 'id' | 'title' | 'description'>,
): string {
  return svg
    .replaceAll(/<style[\s\S]*?<\/style>/g, '')
    .replaceAll(/ (class|ecmeta_\w+|pointer-events)="[^"]*"/g, '')
    .replaceAll(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style))
    .replace(/^<svg /, `<svg role="img" aria-labelledby="${id}-title ${id}-description" `)
    .replace(
      />/,
      `><title id="${id}-title">${escapeXml(title)}</title><desc id="${id}-description">${escapeXml(description)}</desc>`,
    );
}

function attributesOf(style: string): string {
  return style
    .split(';')
    .map((rule) => rule.split(':').map((part) => part.trim()))
    .filter(([name, value]) => name && value && !['user-select', 'white-space', 'position'].includes(name))
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
