import { keepDrawings } from '../overview/keep-drawings.ts';
import { drawPicture, ink, type PlotApi } from '../overview/picture.ts';

interface Bar {
  name: string;
  count: number;
}

const [width, barHeight, left, right] = [900, 48, 260, 110];
const greys = ['#c3c9d1', '#9aa2ad', '#7d8793', '#3d4652'];

/** Steps as bars from one side, each darker than the one before, with its number beside it. An SVG without scripts and inline styles. */
export const drawFunnel = keepDrawings(draw);

async function draw(
  bars: Bar[],
  locale: string,
  texts: { id: string; title: string; description: string },
): Promise<string> {
  const echarts = await import('../overview/chart-library.ts');
  const number = new Intl.NumberFormat(locale);
  return drawPicture(echarts, { width, height: 20 + bars.length * barHeight }, texts, {
    grid: { left, right, top: 10, bottom: 10 },
    xAxis: { type: 'value', show: false, min: 0, max: Math.max(...bars.map(({ count }) => count)) },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { width: left - 20, overflow: 'break', color: ink, fontSize: 16 },
    },
    series: [
      {
        type: 'custom',
        silent: true,
        data: bars.map(({ count }, row) => [row, count]),
        renderItem: ({ dataIndex }: { dataIndex: number }, api: PlotApi) =>
          drawBar(api, dataIndex, number.format(bars[dataIndex]?.count ?? 0)),
      },
    ],
  });
}

function drawBar(api: PlotApi, row: number, label: string) {
  const [start = 0, y = 0] = api.coord([0, row]);
  const [end = 0] = api.coord([Number(api.value(1)), row]);
  return {
    type: 'group' as const,
    children: [
      {
        type: 'rect' as const,
        shape: { x: start, y: y - 15, width: Math.max(end - start, 2), height: 30 },
        style: { fill: greys[row], stroke: ink, lineWidth: 1 },
      },
      {
        type: 'text' as const,
        style: { text: label, x: end + 12, y, verticalAlign: 'middle' as const, fill: ink, fontSize: 16 },
      },
    ],
  };
}
