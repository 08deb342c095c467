import type { Interval } from '../../../surveys/aggregates/measures.ts';
import { keepDrawings } from './keep-drawings.ts';
import {
  drawPicture,
  ink,
  nameAxis,
  type PictureTexts,
  type PlotApi,
  percentFormat,
  shareAxis,
} from './picture.ts';

/** One line of the chart: a share with its interval, all from 0 to 1. */
export interface ChartRow {
  name: string;
  share: number;
  interval: Interval;
}

export interface ChartTexts extends PictureTexts {
  goal?: string;
}

const [width, rowHeight, margin] = [900, 44, { left: 260, right: 90, top: 40, bottom: 36 }];

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
  const percent = percentFormat(locale);
  return drawPicture(echarts, { width, height }, texts, {
    grid: { ...margin, containLabel: false },
    xAxis: shareAxis(percent),
    yAxis: nameAxis(
      rows.map(({ name }) => name),
      margin.left,
    ),
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
