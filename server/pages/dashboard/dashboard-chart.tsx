import { ScrollRegion } from '../overview/figure-table.tsx';

/** A chart that is wider than the screen scrolls in its own frame. */
export function Chart({ label, svg }: { label: string; svg: string | undefined }) {
  if (svg === undefined) return null;
  return (
    <ScrollRegion label={label}>
      {/* Drawn by us; all texts in it are escaped. */}
      <div class="ge-chart" dangerouslySetInnerHTML={{ __html: svg }} />
    </ScrollRegion>
  );
}
