import type { VNode } from 'preact';
import { PerceptionSection } from './perception-section.tsx';
import { AreaSection, ScoreSection, type SectionProps, StatementSection } from './result-sections.tsx';
import { areaPictures, gapPicture } from './round-pictures.ts';

/** What a round came to; with too few answers only that. */
export async function RoundResultView({ page, report }: SectionProps): Promise<VNode> {
  if (report.areas.every(({ points }) => points === undefined)) {
    return <ScoreSection page={page} report={report} />;
  }
  const charts = await areaPictures(report, page);
  const chart = await gapPicture([{ gap: report.perception }], page);
  return (
    <>
      <ScoreSection page={page} report={report} />
      <AreaSection page={page} report={report} charts={charts} />
      <StatementSection page={page} report={report} />
      <PerceptionSection page={page} report={report} chart={chart} />
    </>
  );
}
