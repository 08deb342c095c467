import { DataTable } from '../components/data-table.tsx';
import { Alert, Heading2, Link, List, Paragraph } from '../components/text.tsx';
import { ScrollRegion } from '../overview/figure-table.tsx';
import { decimal } from '../overview/figures.ts';
import type { StaffPageContext } from '../page-context.ts';
import type { AreaPicture } from './round-pictures.ts';
import type { RoundReport } from './round-report.ts';
import { monthText } from './round-words.ts';

export interface SectionProps {
  page: StaffPageContext;
  report: RoundReport;
}

/** A picture as SVG; all texts in it were escaped when it was drawn. */
export function Picture({ label, svg }: { label: string; svg: string }) {
  return (
    <ScrollRegion label={label}>
      <div class="ge-chart" dangerouslySetInnerHTML={{ __html: svg }} />
    </ScrollRegion>
  );
}

/** Total and level, always as an indication, and what they are held beside. */
export function ScoreSection({ page, report }: SectionProps) {
  const { locale, t } = page;
  const { total, level, previous, municipality, answers, floor, round } = report;
  if (answers.counted < floor || report.areas.every(({ points }) => points === undefined)) {
    return (
      <Alert kind="info" title={t('round.tooFewTitle')}>
        <Paragraph>{t('round.tooFewText', { floor })}</Paragraph>
      </Alert>
    );
  }
  return (
    <>
      <Heading2>{t('round.scoreTitle')}</Heading2>
      {total !== undefined && level !== undefined ? (
        <Paragraph lead>
          {t('round.score', { total: decimal(total, locale) })} {t('round.level', { level })}
        </Paragraph>
      ) : (
        <Paragraph lead>{t('round.noTotal', { floor })}</Paragraph>
      )}
      <Paragraph>{t('round.indicative')}</Paragraph>
      <List
        items={[
          previous
            ? besideText('previous', previous, monthText(previous.month, locale), page)
            : t('round.noPrevious'),
          municipality
            ? besideText('municipality', municipality, municipality.year, page)
            : t('round.noMunicipality'),
        ]}
      />
      <Paragraph>
        <Link href={`/rounds/${round}/export?format=csv`}>{t('round.csv')}</Link>{' '}
        <Link href={`/rounds/${round}/export?format=json`}>{t('round.json')}</Link>
      </Paragraph>
    </>
  );
}

const besideTexts = {
  previous: { total: 'round.previous', few: 'round.previousFew', partly: 'round.previousPartly' },
  municipality: {
    total: 'round.municipality',
    few: 'round.municipalityFew',
    partly: 'round.municipalityPartly',
  },
} as const;

function besideText(
  name: keyof typeof besideTexts,
  { total, partly }: { total: number | undefined; partly: boolean },
  when: string,
  { locale, t }: StaffPageContext,
): string {
  const texts = besideTexts[name];
  if (partly) return t(texts.partly, { when });
  return total === undefined
    ? t(texts.few, { when })
    : t(texts.total, { when, total: decimal(total, locale) });
}

/** Points per area with their spread, beside the round before and all departments. */
export function AreaSection({ page, report, charts }: SectionProps & { charts: AreaPicture[] }) {
  const { locale, t } = page;
  const number = (value: number | undefined) =>
    value === undefined ? t('overview.suppressed') : decimal(value, locale);
  return (
    <>
      <Heading2>{t('round.areasTitle')}</Heading2>
      <Paragraph>{t('round.areasText')}</Paragraph>
      {charts.length > 0 && <Paragraph>{lineWords(report, page)}</Paragraph>}
      {charts.map((chart) => (
        <Picture {...chart} />
      ))}
      <DataTable
        caption={t('round.areasCaption')}
        head={[
          t('overview.scanArea'),
          t('round.points'),
          t('round.spread'),
          t('round.before'),
          t('round.everyone'),
        ]}
        rows={report.areas.map(({ title, weight, points, spread, previous, municipality }) => [
          `${title} (${t('overview.scanOf', { maximum: weight })})`,
          number(points),
          spread ? t('round.spreadOf', { low: spread[0]!, middle: spread[1]!, high: spread[2]! }) : '',
          report.previous ? number(previous) : t('round.nothing'),
          report.municipality ? number(municipality) : t('round.nothing'),
        ])}
      />
    </>
  );
}

/** Which line of the radar is which. */
function lineWords({ previous, municipality }: RoundReport, { t }: StaffPageContext): string {
  return [
    t('round.lineOwn'),
    ...(previous ? [t('round.linePrevious')] : []),
    ...(municipality ? [t('round.lineEveryone')] : []),
  ].join(' ');
}

/** The strongest statements, the weakest with their tips, and all of them. */
export function StatementSection({ page, report }: SectionProps) {
  const { locale, t } = page;
  const named = (keys: string[]) =>
    keys.flatMap((wanted) => report.statements.filter(({ key }) => key === wanted));
  const scored = (mean: number | undefined) => (mean === undefined ? '' : decimal(mean, locale));
  return (
    <>
      {report.strongest.length > 0 && (
        <>
          <Heading2>{t('round.strongestTitle')}</Heading2>
          <List items={named(report.strongest).map(({ text, mean }) => `${text} (${scored(mean)})`)} />
          <Heading2>{t('round.weakestTitle')}</Heading2>
          <List
            items={named(report.weakest).map(({ text, mean, tip }) => (
              <>
                {text} ({scored(mean)})
                {tip && (
                  <>
                    <br />
                    {t('round.tip', { tip })}
                  </>
                )}
              </>
            ))}
          />
        </>
      )}
      <Heading2>{t('round.statementsTitle')}</Heading2>
      <DataTable
        caption={t('round.statementsCaption')}
        head={[t('round.statement'), t('round.mean'), '0', '1', '2', '3']}
        rows={report.statements.map(({ text, mean, spread }) => [
          text,
          mean === undefined ? t('overview.suppressed') : decimal(mean, locale),
          ...[0, 1, 2, 3].map((level) => (spread ? String(spread[level] ?? 0) : '')),
        ])}
      />
    </>
  );
}
