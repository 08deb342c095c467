import { ScrollRegion } from '../overview/figure-table.tsx';
import type { PageContext } from '../page-context.ts';

interface ChartProps {
  page: Pick<PageContext, 't'>;
  /** What it shows; its table is called so too. */
  label: string;
  svg: string | undefined;
}

/** A chart that is wider than the screen scrolls in its own frame. */
export function Chart({ page: { t }, label, svg }: ChartProps) {
  if (svg === undefined) return null;
  return (
    <ScrollRegion label={t('dashboard.chartOf', { label })}>
      {/* Drawn by us; all texts in it are escaped. */}
      <div class="ge-chart" dangerouslySetInnerHTML={{ __html: svg }} />
    </ScrollRegion>
  );
}
