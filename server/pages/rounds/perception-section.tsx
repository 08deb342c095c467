import type { PerceptionGap } from '../../../surveys/golden-ear/index.ts';
import { DataTable } from '../components/data-table.tsx';
import { Heading2, Paragraph } from '../components/text.tsx';
import { decimal, percent } from '../overview/figures.ts';
import type { PageContext } from '../page-context.ts';
import type { ResidentsQuestion } from './residents-figures.ts';
import { Picture, type SectionProps } from './result-sections.tsx';
import type { Checked, ResidentsShare } from './round-report.ts';

/** The verdict in a sentence, with the figures that it rests on. */
function verdictText({ staff, residents, difference, verdict }: PerceptionGap, page: PageContext): string {
  const { t } = page;
  if (!staff || !residents || !difference) return t('perception.missing');
  const whole = (value: number) => String(Math.round(value));
  return `${t(`perception.${verdict}`)} ${t('perception.figures', {
    staff: whole(staff.value),
    residents: whole(residents.value),
    low: whole(difference.interval[0]),
    high: whole(difference.interval[1]),
  })}`;
}

/** Self-image beside what residents say: on one scale where they share one, and otherwise each on its own. */
export function PerceptionSection({ page, report, chart }: SectionProps & { chart: string | undefined }) {
  const { t } = page;
  return (
    <>
      <Heading2>{t('perception.title')}</Heading2>
      <Paragraph lead>{verdictText(report.perception, page)}</Paragraph>
      {chart && <Picture label={t('perception.title')} svg={chart} />}
      <Paragraph>{t('perception.method')}</Paragraph>
      <Heading2>{t('perception.residentsTitle')}</Heading2>
      <Paragraph>{t('perception.residentsText')}</Paragraph>
      {report.residents.length > 0 ? (
        <DataTable
          caption={t('perception.residentsCaption')}
          head={[
            t('perception.question'),
            t('perception.satisfied'),
            t('perception.between'),
            t('rounds.answers'),
          ]}
          rows={report.residents.map((share) => [
            t(`perception.residents.${share.question as ResidentsQuestion}`),
            ...shareCells(share, page),
          ])}
        />
      ) : (
        <Paragraph>{t('perception.noResidents')}</Paragraph>
      )}
      <Heading2>{t('perception.checkedTitle')}</Heading2>
      <DataTable
        caption={t('perception.checkedCaption')}
        head={[t('round.statement'), t('perception.staffSay'), t('perception.systemKnows')]}
        rows={report.checked.map((checked) => [
          checked.text,
          checked.staff === undefined ? t('overview.suppressed') : decimal(checked.staff, page.locale),
          knownText(checked, page),
        ])}
      />
    </>
  );
}

function shareCells(
  { satisfied, interval, responses }: ResidentsShare,
  { locale, t }: PageContext,
): string[] {
  const [low = 0, high = 1] = interval;
  return [
    percent(satisfied, locale),
    t('perception.interval', { low: percent(low, locale), high: percent(high, locale) }),
    String(responses),
  ];
}

function knownText({ known }: Checked, { locale, t }: PageContext): string {
  if (!known) return t('perception.unknown');
  if ('kept' in known) {
    return t('perception.known.kept', { share: percent(known.kept, locale), quarter: known.quarter });
  }
  const question = known.question as 'overall' | 'trust' | 'leadTime';
  return t(`perception.known.${question}`, {
    share: percent(known.satisfied, locale),
    less: percent(known.dissatisfied, locale),
  });
}
