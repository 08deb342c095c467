import { type ReportFormat, reportFormats } from '../../reports/make-report.ts';
import type { ReportKind } from '../../reports/read-figures.ts';
import type { ReportLanguage } from '../../reports/wording.ts';
import { StaffForm } from '../../staff/staff-form.tsx';
import { Page } from '../components/page.tsx';
import { SelectField } from '../components/select-field.tsx';
import { Alert, Heading1, Heading2, Paragraph } from '../components/text.tsx';
import { locales, translator } from '../i18n.ts';
import type { StaffPageContext } from '../page-context.ts';

/** A report that can be made. */
export interface OfferedReport {
  kind: ReportKind;
  period: string;
}

/** What was chosen; a new form has the newest report in the language of the page. */
export interface ReportWish {
  report: string;
  language: ReportLanguage;
  format: ReportFormat;
}

/** Why no report was made. */
export type ReportFault =
  | { kind: 'unknown' }
  /** Of the municipality's own template, at this place. */
  | { kind: 'template'; detail: string };

interface ReportsPageProps {
  page: StaffPageContext;
  offered: OfferedReport[];
  wish: ReportWish;
  fault: ReportFault | undefined;
}

/** Names a report in the form: `yearly-2026`. */
export function reportKey({ kind, period }: OfferedReport): string {
  return `${kind}-${period}`;
}

/** The reports there are, to be made as a file. */
export function ReportsPage({ page, offered, wish, fault }: ReportsPageProps) {
  const { t } = page;
  return (
    <Page page={page} title={t('reports.title')} faulty={fault !== undefined}>
      {fault && (
        <Alert kind="error" title={t(`reports.fault.${fault.kind}`)} focus>
          {fault.kind === 'template' && <p lang="en">{fault.detail}</p>}
          <Paragraph>{t(`reports.faultText.${fault.kind}`)}</Paragraph>
        </Alert>
      )}
      <Heading1>{t('reports.title')}</Heading1>
      <Paragraph>{t('reports.text')}</Paragraph>
      {offered.length === 0 ? (
        <Paragraph>{t('reports.none')}</Paragraph>
      ) : (
        <ReportForm page={page} offered={offered} wish={wish} />
      )}
      <Heading2>{t('reports.about')}</Heading2>
      <Paragraph>{t('reports.aboutFigures')}</Paragraph>
      <Paragraph>{t('reports.aboutFormats')}</Paragraph>
      <Paragraph>{t('reports.aboutData')}</Paragraph>
    </Page>
  );
}

function ReportForm({ page, offered, wish }: Omit<ReportsPageProps, 'fault'>) {
  const { t } = page;
  return (
    <StaffForm page={page} action="/reports" submit={t('reports.submit')}>
      <SelectField
        id="report"
        label={t('reports.report')}
        options={offered.map((one) => ({
          key: reportKey(one),
          name: t(`reports.kind.${one.kind}`, { period: one.period }),
        }))}
        chosen={wish.report}
      />
      <SelectField
        id="language"
        label={t('reports.language')}
        options={locales.map((locale) => ({ key: locale, name: translator(locale)('language.name') }))}
        chosen={wish.language}
      />
      <SelectField
        id="format"
        label={t('reports.format')}
        options={reportFormats.map((format) => ({ key: format, name: t(`reports.format.${format}`) }))}
        chosen={wish.format}
      />
    </StaffForm>
  );
}
