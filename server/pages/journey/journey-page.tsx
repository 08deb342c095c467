import { textIn } from '../../../surveys/definitions/index.ts';
import { DataTable } from '../components/data-table.tsx';
import { Page } from '../components/page.tsx';
import { Alert, Button, Heading1, Heading2, Link, List, Paragraph } from '../components/text.tsx';
import { UnknownChoices } from '../components/unknown-choices.tsx';
import type { TextKey } from '../i18n.ts';
import { ScrollRegion } from '../overview/figure-table.tsx';
import { decimal, type Figure, type Named, percent } from '../overview/figures.ts';
import type { Shown } from '../overview/question-picker.tsx';
import type { StaffPageContext } from '../page-context.ts';
import type { Journey, Stage } from './journey-figures.ts';

export interface JourneyPageProps {
  page: StaffPageContext;
  questions: Shown['question'][];
  question: Shown['question'];
  products: Named[];
  /** Undefined: all products together. */
  product: Named | undefined;
  /** Undefined: nothing to show. */
  journey: Journey | undefined;
  chart: string | undefined;
  /** Labels of the choices in the address that there is nothing for. */
  unknown: TextKey[];
  /** Somebody who sees some departments only: the stages are of all together. */
  limited: boolean;
}

/** The stages of a product as a curve, so that the weakest moment stands out. */
export function JourneyPage(props: JourneyPageProps) {
  const { page, question, product, journey, unknown, limited } = props;
  const { t } = page;
  const query = { ...(product && { product: product.key }), question: question.key };
  return (
    <Page page={page} title={t('journey.title')} wide query={query}>
      <Heading1>{t('journey.title')}</Heading1>
      <Paragraph lead>{t('journey.lead')}</Paragraph>
      {limited ? (
        <Paragraph>{t('journey.limited')}</Paragraph>
      ) : (
        <>
          <UnknownChoices page={page} labels={unknown} />
          <Picker {...props} />
          {journey ? <Curve {...props} journey={journey} /> : <NoStages page={page} />}
        </>
      )}
    </Page>
  );
}

function Picker({ page: { locale, t }, questions, question, products, product }: JourneyPageProps) {
  return (
    <form method="get" class="ge-picker ge-no-print">
      <input type="hidden" name="lang" value={locale} />
      <Select
        name="product"
        label={t('journey.product')}
        options={[{ key: '', name: t('journey.allProducts') }, ...products]}
        chosen={product?.key ?? ''}
      />
      <Select
        name="question"
        label={t('journey.question')}
        options={questions.map(({ key, text }) => ({ key, name: textIn(text, locale) }))}
        chosen={question.key}
      />
      <Button>{t('overview.show')}</Button>
    </form>
  );
}

function Select({
  name,
  label,
  options,
  chosen,
}: {
  name: string;
  label: string;
  options: Named[];
  chosen: string;
}) {
  return (
    <div class="ge-picker__field">
      <label class="utrecht-form-label" for={name}>
        {label}
      </label>
      <select class="utrecht-select utrecht-select--html-select" id={name} name={name}>
        {options.map((option) => (
          <option value={option.key} selected={option.key === chosen}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Curve({ page, question, product, journey, chart }: JourneyPageProps & { journey: Journey }) {
  const { locale, t } = page;
  const caption = t('journey.caption', {
    question: textIn(question.text, locale),
    product: product?.name ?? t('journey.allProducts'),
    year: journey.period,
  });
  return (
    <>
      <Heading2>{t('journey.curve')}</Heading2>
      <Paragraph>{weakestText(journey, page)}</Paragraph>
      {chart && (
        <ScrollRegion label={t('journey.curve')}>
          {/* Drawn by us; all texts in it are escaped. */}
          <div class="ge-chart" dangerouslySetInnerHTML={{ __html: chart }} />
        </ScrollRegion>
      )}
      <DataTable
        caption={caption}
        head={[
          t('journey.stage'),
          t('journey.satisfied'),
          t('journey.sure'),
          t('journey.mean'),
          t('journey.answers'),
        ]}
        rows={journey.stages.map((stage) => rowOf(stage, journey, page))}
      />
      <Paragraph>{t('overview.suppressedNote')}</Paragraph>
      <Paragraph>{t('journey.method')}</Paragraph>
    </>
  );
}

function rowOf({ key, name, figure }: Stage, { weakest }: Journey, page: StaffPageContext) {
  const { locale, t } = page;
  const title = key === weakest?.key ? <strong>{`${name} (${t('journey.weakest')})`}</strong> : name;
  if (figure.status === 'suppressed' || figure.responses === undefined) {
    return [title, <em>{t('overview.suppressed')}</em>, '–', '–', '–'];
  }
  return [
    title,
    figure.satisfied === undefined ? '–' : percent(figure.satisfied, locale),
    intervalText(figure, page),
    figure.mean === undefined ? '–' : decimal(figure.mean, locale),
    `${figure.responses}${figure.status === 'indicative' ? ` (${t('overview.indicative')})` : ''}`,
  ];
}

function intervalText({ satisfiedInterval }: Figure, { locale, t }: StaffPageContext): string {
  if (!satisfiedInterval) return '–';
  const [low, high] = satisfiedInterval.map((share) => percent(share, locale)) as [string, string];
  return t('overview.interval', { low, high });
}

/** Which moment is the weakest, and whether that is more than chance. */
function weakestText({ stages, weakest }: Journey, { t }: StaffPageContext): string {
  if (!weakest) return t('journey.weakestUnknown');
  const nameOf = (key: string) => stages.find((stage) => stage.key === key)?.name ?? key;
  const stage = nameOf(weakest.key);
  if (weakest.clearlyBetter.length === 0) return t('journey.weakestPerhaps', { stage });
  return t('journey.weakestClear', { stage, others: weakest.clearlyBetter.map(nameOf).join(', ') });
}

function NoStages({ page: { locale, t } }: { page: StaffPageContext }) {
  return (
    <Alert kind="info" title={t('journey.none')}>
      <Paragraph>{t('journey.noneText')}</Paragraph>
      <List
        items={[
          t('journey.howApi'),
          t('journey.howFile'),
          <Link href={`/cards?lang=${locale}`}>{t('journey.howCards')}</Link>,
        ]}
      />
    </Alert>
  );
}
