import type { PerceptionGap } from '../../../surveys/golden-ear/index.ts';
import { DataTable } from '../components/data-table.tsx';
import { Page } from '../components/page.tsx';
import { Heading1, Link, Paragraph } from '../components/text.tsx';
import type { StaffPageContext } from '../page-context.ts';
import { Picture } from './result-sections.tsx';
import { monthText } from './round-words.ts';

/** The newest result of a department beside what its residents say. */
export interface DepartmentGap {
  round: string;
  name: string;
  month: string;
  gap: PerceptionGap;
}

interface PerceptionPageProps {
  page: StaffPageContext;
  gaps: DepartmentGap[];
  chart: string | undefined;
}

/** Self-image beside experience, for every department within reach. */
export function PerceptionPage({ page, gaps, chart }: PerceptionPageProps) {
  const { locale, t } = page;
  const figure = (one: PerceptionGap['staff']) =>
    one
      ? t('perception.cell', {
          value: Math.round(one.value),
          low: Math.round(one.interval[0]),
          high: Math.round(one.interval[1]),
        })
      : t('overview.suppressed');
  return (
    <Page page={page} title={t('perception.overviewTitle')} wide>
      <Heading1>{t('perception.overviewTitle')}</Heading1>
      <Paragraph lead>{t('perception.overviewLead')}</Paragraph>
      {chart && <Picture label={t('perception.title')} svg={chart} />}
      {gaps.length > 0 ? (
        <DataTable
          caption={t('perception.overviewCaption')}
          head={[
            t('rounds.department'),
            t('rounds.month'),
            t('perception.staff'),
            t('perception.residentsName'),
            t('perception.verdict'),
          ]}
          rows={gaps.map(({ round, name, month, gap }) => [
            <Link href={`/rounds/${round}?lang=${locale}`}>{name}</Link>,
            monthText(month, locale),
            figure(gap.staff),
            figure(gap.residents),
            t(`perception.short.${gap.verdict}`),
          ])}
        />
      ) : (
        <Paragraph>{t('perception.none')}</Paragraph>
      )}
      <Paragraph>{t('perception.method')}</Paragraph>
      <Paragraph>
        <Link href={`/rounds?lang=${locale}`}>{t('round.back')}</Link>
      </Paragraph>
    </Page>
  );
}
