/** The colours of all pictures: readable in black and white, and on paper. */
export const ink = '#1b1f24';
export const quiet = '#4b5563';
export const faint = '#d5d9df';

/** What a picture is called and what it shows, for who can't see it. */
export interface PictureTexts {
  /** Needed where a page has more than one picture. */
  id?: string;
  title: string;
  description: string;
}

/** What is used of the chart library, which is loaded at the first picture with the parts that this one needs. */
interface ChartLibrary {
  init(
    dom: null,
    theme: null,
    options: { renderer: 'svg'; ssr: true; width: number; height: number },
  ): { setOption(option: object): void; renderToSVGString(): string; dispose(): void };
}

/** Draws a chart as an SVG without scripts and inline styles: the pages' content policy allows none. */
export function drawPicture(
  library: ChartLibrary,
  size: { width: number; height: number },
  texts: PictureTexts,
  option: object,
): string {
  const chart = library.init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: 'sans-serif', fontSize: 16, color: ink },
      ...option,
    });
    return accessibleSvg(chart.renderToSVGString(), texts);
  } finally {
    chart.dispose();
  }
}

/** Writes shares as whole percents. */
export function percentFormat(locale: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
}

/** An axis of shares, from 0 to 1. */
export function shareAxis(percent: Intl.NumberFormat) {
  return {
    type: 'value',
    min: 0,
    max: 1,
    interval: 0.2,
    axisLabel: { formatter: (value: number) => percent.format(value), color: quiet, fontSize: 15 },
    splitLine: { lineStyle: { color: faint } },
  } as const;
}

/** An axis of names, from top to bottom, in a margin of so many pixels. */
export function nameAxis(names: string[], margin: number) {
  return {
    type: 'category',
    inverse: true,
    data: names,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: quiet } },
    axisLabel: { width: margin - 20, overflow: 'break', color: ink, fontSize: 16 },
  } as const;
}

/** What the chart library gives to who draws a mark: its data, and where data lie in the plot, in pixels. */
export interface PlotApi {
  value(dimension: number): number | string;
  coord(point: [number, number]): number[];
  size?(span: [number, number]): number | number[];
}

/**
 * Names and describes the picture, takes out what only scripts and pointers use, and turns inline styles into the
 * attributes that mean the same.
 */
function accessibleSvg(svg: string, { id = 'chart', title, description }: PictureTexts): string {
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
