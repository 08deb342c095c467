import type { Figure } from '../overview/figures.ts';
import { keepDrawings } from '../overview/keep-drawings.ts';
import { drawPicture, ink, type PlotApi, percentFormat } from '../overview/picture.ts';

/** One square: the figure of a row and a column; undefined where nobody answered. */
export interface Square {
  row: number;
  column: number;
  figure: Figure | undefined;
}

export interface HeatMapTexts {
  id: string;
  title: string;
  description: string;
  /** Words for a square without a figure. */
  hidden: string;
}

const squareHeight = 54;
const margin = { left: 230, right: 10, top: 10, bottom: 70 };
const width = 1000;
/** From few to many satisfied; told apart in black and white too, and the share stands in each square. */
const greys = ['#ffffff', '#e3e6ea', '#c3c9d1', '#646e7a', '#3d4652'];
const limits = [0.5, 0.65, 0.8, 0.9];

/**
 * Departments by channels as squares: the darker, the more people are satisfied. A square that reaches the goal has a
 * thick border, one that clearly does not is marked with a corner, and one that is hidden is hatched. An SVG without
 * scripts and inline styles.
 */
export const drawHeatMap = keepDrawings(draw);

async function draw(
  rows: string[],
  columns: string[],
  squares: Square[],
  locale: string,
  texts: HeatMapTexts,
): Promise<string> {
  const echarts = await import('../overview/chart-library.ts');
  const height = margin.top + margin.bottom + rows.length * squareHeight;
  const percent = percentFormat(locale);
  const axis = (data: string[], space: number) => ({
    type: 'category' as const,
    data,
    axisTick: { show: false },
    axisLine: { show: false },
    axisLabel: { color: ink, fontSize: 15, interval: 0, width: space, overflow: 'break' as const },
  });
  return drawPicture(echarts, { width, height }, texts, {
    grid: margin,
    xAxis: axis(columns, (width - margin.left) / columns.length - 10),
    yAxis: { ...axis(rows, margin.left - 20), inverse: true },
    series: [
      {
        type: 'custom',
        silent: true,
        data: squares.map(({ row, column }) => [column, row]),
        renderItem: (place: { dataIndex: number }, api: PlotApi) =>
          drawSquare(api, squares[place.dataIndex]?.figure, percent, texts.hidden),
      },
    ],
  });
}

function drawSquare(api: PlotApi, figure: Figure | undefined, percent: Intl.NumberFormat, hidden: string) {
  const [x = 0, y = 0] = api.coord([Number(api.value(0)), Number(api.value(1))]);
  const size = api.size?.([1, 1]) ?? 0;
  const [across, down] = Array.isArray(size) ? [size[0] ?? 0, size[1] ?? 0] : [size, size];
  const [left, top] = [x - across / 2 + 3, y - down / 2 + 3];
  const [wide, high] = [across - 6, down - 6];
  const share = figure?.satisfied;
  const grey = share === undefined ? 0 : limits.filter((limit) => share >= limit).length;
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: 'line' as const,
    shape: { x1, y1, x2, y2 },
    style: { stroke: '#9aa2ad', lineWidth: 1 },
  });
  const hatching =
    figure?.status === 'suppressed'
      ? [0.2, 0.4, 0.6, 0.8].map((at) =>
          line(left + at * wide - high / 2, top + high, left + at * wide + high / 2, top),
        )
      : [];
  const corner = {
    type: 'polygon' as const,
    shape: {
      points: [
        [left, top],
        [left + 16, top],
        [left, top + 16],
      ],
    },
    style: { fill: ink },
  };
  return {
    type: 'group' as const,
    children: [
      {
        type: 'rect' as const,
        shape: { x: left, y: top, width: wide, height: high },
        style: { fill: greys[grey], stroke: ink, lineWidth: figure?.verdict === 'met' ? 4 : 1 },
      },
      ...hatching,
      ...(figure?.verdict === 'notMet' ? [corner] : []),
      {
        type: 'text' as const,
        style: {
          text: share === undefined ? (figure ? hidden : '–') : percent.format(share),
          x,
          y,
          align: 'center' as const,
          verticalAlign: 'middle' as const,
          fill: grey > 2 ? '#ffffff' : ink,
          fontSize: share === undefined ? 13 : 16,
          // Stripes must not run through words.
          ...(share === undefined && { backgroundColor: '#ffffff', padding: 3 }),
        },
      },
    ],
  };
}
