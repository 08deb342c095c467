import { textIn } from '../../../surveys/definitions/index.ts';
import { DataTable } from '../components/data-table.tsx';
import { Heading2, List, Paragraph } from '../components/text.tsx';
import { percent } from '../overview/figures.ts';
import type { StaffPageContext } from '../page-context.ts';
import type { Filters } from './choices.ts';
import { Chart } from './dashboard-chart.tsx';
import type { ShownDrivers } from './dashboard-drivers.ts';

interface DriversProps {
  page: StaffPageContext;
  filters: Filters;
  drivers: ShownDrivers | undefined;
  chart: string | undefined;
}

/** What goes together most with the grade, how sure that is, and what it can't tell. */
export function DriversView({ page, filters, drivers, chart }: DriversProps) {
  const { locale, t } = page;
  if (!drivers) {
    return (
      <>
        <Heading2>{t('dashboard.driversTitle')}</Heading2>
        <Paragraph>{t('dashboard.driversNone')}</Paragraph>
      </>
    );
  }
  const text = questionTexts(filters, locale);
  const [first] = drivers.drivers;
  const question = text(first?.question ?? '');
  return (
    <>
      <Heading2>{t('dashboard.driversTitle')}</Heading2>
      <Paragraph>
        <strong>
          {t(drivers.clear ? 'dashboard.driversClear' : 'dashboard.driversUnclear', { question })}
        </strong>{' '}
        {t('dashboard.driversExplained', {
          groups: drivers.groups,
          share: percent(drivers.explained, locale),
        })}
      </Paragraph>
      <Chart page={page} label={t('dashboard.driversTitle')} svg={chart} />
      <DataTable
        caption={t('dashboard.driversTitle')}
        head={[
          t('journey.question'),
          t('dashboard.driversShare'),
          t('journey.sure'),
          t('dashboard.driversDirection'),
        ]}
        rows={drivers.drivers.map(({ question: key, share, interval: [low, high], direction }) => [
          text(key),
          percent(share, locale),
          t('overview.interval', { low: percent(low, locale), high: percent(high, locale) }),
          t(`dashboard.driversGo.${direction}`),
        ])}
      />
      <List
        items={[
          t(`dashboard.driversFrom.${drivers.part}`),
          t('dashboard.driversGroups'),
          t('dashboard.driversMethod'),
          ...(drivers.left.length > 0
            ? [t('dashboard.driversLeft', { questions: drivers.left.map(text).join(' ') })]
            : []),
        ]}
      />
    </>
  );
}

/** The text of a question by its key. */
export function questionTexts({ shown }: Filters, locale: string): (key: string) => string {
  const texts = new Map(shown.survey.questions.map(({ key, text }) => [key, textIn(text, locale)]));
  return (key) => texts.get(key) ?? key;
}
