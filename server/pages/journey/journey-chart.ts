import type { Interval } from '../../../surveys/aggregates/measures.ts';
import { keepDrawings } from '../overview/keep-drawings.ts';
import {
  drawPicture,
  ink,
  type PictureTexts,
  type PlotApi,
  percentFormat,
  quiet,
  shareAxis,
} from '../overview/picture.ts';

/** One moment on the curve; without a share it is a gap. */
export interface ChartStage {
  name: string;
  share: number | undefined;
  interval: Interval | undefined;
  /** Words beside the point that stands out. */
  mark: string | undefined;
}

const [width, height] = [900, 400];
const margin = { left: 70, right: 40, top: 40, bottom: 56 };

/**
 * Draws the curve of a journey as an SVG without scripts and inline styles: a line through the shares, an upright with
 * feet for each interval, and a large open square with words on the moment that stands out, so that it is told apart
 * without colour. A goal, where there is one, is a dashed line.
 */
export const drawJourney = keepDrawings(draw);

async function draw(
  stages: ChartStage[],
  locale: string,
  texts: PictureTexts,
  target?: number,
): Promise<string> {
  const echarts = await import('./journey-chart-library.ts');
  const percent = percentFormat(locale);
  return drawPicture(echarts, { width, height }, texts, {
    grid: margin,
    xAxis: {
      type: 'category',
      data: stages.map(({ name }) => name),
      axisLine: { lineStyle: { color: quiet } },
      axisTick: { show: false },
      axisLabel: {
        color: ink,
        fontSize: 15,
        interval: 0,
        overflow: 'break',
        width: (width - margin.left - margin.right) / stages.length - 12,
      },
    },
    yAxis: shareAxis(percent),
    series: [
      {
        type: 'line',
        silent: true,
        showSymbol: false,
        lineStyle: { color: ink, width: 3 },
        data: stages.map(({ share }) => share ?? null),
        markLine: {
          silent: true,
          symbol: 'none',
          data: target === undefined ? [] : [{ yAxis: target }],
          lineStyle: { color: ink, type: [6, 5], width: 2 },
          label: { show: false },
        },
      },
      {
        type: 'custom',
        silent: true,
        data: stages.flatMap(({ share, interval }, place) =>
          share === undefined || !interval ? [] : [[place, share, ...interval]],
        ),
        renderItem: (_parameters: unknown, api: PlotApi) => point(api, stages, percent),
      },
    ],
  });
}

function point(api: PlotApi, stages: ChartStage[], percent: Intl.NumberFormat) {
  const [place, share, low, high] = [0, 1, 2, 3].map((dimension) => Number(api.value(dimension))) as [
    number,
    number,
    number,
    number,
  ];
  const [x = 0, y = 0] = api.coord([place, share]);
  const [, bottom = 0] = api.coord([place, low]);
  const [, top = 0] = api.coord([place, high]);
  const mark = stages[place]?.mark;
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: 'line' as const,
    shape: { x1, y1, x2, y2 },
    style: { stroke: ink, lineWidth: 2 },
  });
  const square = (size: number, style: object) => ({
    type: 'rect' as const,
    shape: { x: x - size, y: y - size, width: 2 * size, height: 2 * size },
    style,
  });
  const words = (text: string, at: number) => ({
    type: 'text' as const,
    style: {
      text,
      x,
      y: at,
      align: 'center' as const,
      verticalAlign: 'middle' as const,
      fill: ink,
      fontSize: 16,
      fontWeight: mark ? ('bold' as const) : ('normal' as const),
    },
  });
  return {
    type: 'group' as const,
    children: [
      line(x, bottom, x, top),
      line(x - 6, bottom, x + 6, bottom),
      line(x - 6, top, x + 6, top),
      square(6, { fill: ink }),
      ...(mark ? [square(12, { fill: 'none', stroke: ink, lineWidth: 3 })] : []),
      words(percent.format(share), top - 14),
      ...(mark ? [words(mark, bottom + 16)] : []),
    ],
  };
}
