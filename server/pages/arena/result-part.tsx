import type { ArenaFigure, ArenaResult } from '../../../surveys/client-arena/index.ts';
import { DataTable } from '../components/data-table.tsx';
import { Heading2, Paragraph } from '../components/text.tsx';
import { decimal, percent } from '../overview/figures.ts';
import type { StaffPageContext } from '../page-context.ts';

interface ResultProps {
  page: StaffPageContext;
  result: ArenaResult;
  closed: boolean;
}

/** What listeners guessed against what participants said, with how sure that is, and the other figures. */
export function ResultPart({ page, result, closed }: ResultProps) {
  const { t } = page;
  return (
    <>
      <Heading2>{t('arena.gap')}</Heading2>
      <Paragraph>{closed ? gapText(page, result) : t('arena.gapLater')}</Paragraph>
      {closed && (
        <DataTable
          caption={t('arena.figures')}
          head={[t('arena.question'), t('arena.mean'), t('arena.positive'), t('arena.answers')]}
          rows={result.figures.map((figure) => rowOf(figure, page))}
        />
      )}
      {closed && <Paragraph>{t('arena.figuresNote')}</Paragraph>}
    </>
  );
}

function gapText({ locale, t }: StaffPageContext, { gap }: ArenaResult): string {
  if (!gap) return t('arena.gapNone');
  const [low, high] = gap.interval.map((end) => decimal(end, locale)) as [string, string];
  const text = t('arena.gapText', {
    guess: decimal(gap.guess, locale),
    baseline: decimal(gap.baseline, locale),
    difference: decimal(gap.difference, locale),
    low,
    high,
  });
  return `${text} ${t(`arena.verdict.${gap.verdict}`)}`;
}

function rowOf({ question, row }: ArenaFigure, { locale, t }: StaffPageContext) {
  const name = t(`arena.about.${question}` as 'arena.about.guess');
  if (!row) return [name, <em>{t('overview.suppressed')}</em>, '–', '–'];
  const { mean, satisfied, satisfiedInterval, responses } = row;
  const interval = satisfiedInterval?.map((share) => percent(share, locale)) ?? [];
  const positive =
    satisfied === undefined
      ? '–'
      : `${percent(satisfied, locale)} (${t('overview.interval', { low: interval[0] ?? '', high: interval[1] ?? '' })})`;
  return [name, mean === undefined ? '–' : decimal(mean, locale), positive, String(responses ?? '–')];
}
