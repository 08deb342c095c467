import type { CallbacksKept } from '../../../surveys/callbacks/index.ts';
import type { Gap } from '../../../surveys/client-arena/index.ts';
import { textIn } from '../../../surveys/definitions/index.ts';
import type { DirectoryKind } from '../../../surveys/municipality/index.ts';
import { CallbacksKeptTable } from '../callbacks/kept-table.tsx';
import { Page } from '../components/page.tsx';
import { Alert, Heading1, Heading2, Link, List, Paragraph } from '../components/text.tsx';
import { UnknownChoices } from '../components/unknown-choices.tsx';
import type { TextKey } from '../i18n.ts';
import type { PageContext } from '../page-context.ts';
import { FigureTableView, ScrollRegion } from './figure-table.tsx';
import { decimal, percent } from './figures.ts';
import { nameOf, QuestionPicker, type Shown } from './question-picker.tsx';
import type { QuickscanFigures } from './quickscan-figures.ts';
import { QuickscanTable } from './quickscan-table.tsx';
import { Facts, type ReleasedFigures } from './release-facts.tsx';

/** The same with the picture of the overview. */
export interface ShownFigures extends ReleasedFigures {
  /** The chart as SVG; undefined where no department has a share that may be shown. */
  chart: { svg: string; left: string[] } | undefined;
}

export interface OverviewPageProps {
  page: PageContext;
  choices: Shown[];
  shown: Shown;
  /** Labels of the choices in the address that there is nothing for. */
  unknown: TextKey[];
  figures: ShownFigures | undefined;
  scan: QuickscanFigures | undefined;
  gap: Gap | undefined;
  /** How promises to call back were kept; undefined where none was given. */
  kept: { figures: CallbacksKept[]; nameOf(department: string): string } | undefined;
  newKeys: { kind: DirectoryKind; key: string }[];
  /** Whether an action can be planned from a figure. */
  mayAct: boolean;
  /** Only some departments are shown, and nothing that is about others too. */
  limited: boolean;
}

export function OverviewPage({
  page,
  choices,
  shown,
  unknown,
  figures,
  scan,
  gap,
  kept,
  newKeys,
  mayAct,
  limited,
}: OverviewPageProps) {
  const { t } = page;
  return (
    <Page page={page} title={t('overview.title')} wide query={{ show: nameOf(shown) }}>
      <Heading1>{t('overview.title')}</Heading1>
      <Paragraph lead>{t('overview.lead')}</Paragraph>
      <UnknownChoices page={page} labels={unknown} />
      {limited && <Paragraph>{t('overview.limited')}</Paragraph>}
      <QuestionPicker page={page} choices={choices} chosen={shown} />
      {figures ? <Figures page={page} shown={shown} figures={figures} /> : <NoRelease page={page} />}
      {mayAct && figures && (
        <Paragraph>
          <Link href={actionPath(page, shown)}>{t('actions.fromFigure')}</Link>
        </Paragraph>
      )}
      <Quickscan page={page} scan={scan} />
      {!limited && <Arena page={page} gap={gap} />}
      {kept && (
        <>
          <Heading2>{t('callbacks.keptTitle')}</Heading2>
          <CallbacksKeptTable page={page} kept={kept.figures} nameOf={kept.nameOf} />
        </>
      )}
      {figures && <Method page={page} />}
      {newKeys.length > 0 && <NewKeys page={page} newKeys={newKeys} />}
    </Page>
  );
}

/** The form of an action about the figure that is shown. */
function actionPath({ locale }: PageContext, shown: Shown): string {
  const kind = shown.survey.survey.instrument === 'golden-ear' ? 'statement' : 'cell';
  return `/actions/new?${new URLSearchParams({ kind, measure: nameOf(shown), lang: locale })}`;
}

function NoRelease({ page: { t } }: { page: PageContext }) {
  return (
    <Alert kind="info" title={t('overview.noRelease')}>
      <Paragraph>{t('overview.noReleaseText')}</Paragraph>
    </Alert>
  );
}

function Figures({ page, shown, figures }: { page: PageContext; shown: Shown; figures: ShownFigures }) {
  const { locale, t } = page;
  const { chart, release, table } = figures;
  const question = textIn(shown.question.text, locale);
  return (
    <>
      <Heading2>{t('overview.tableTitle')}</Heading2>
      <FigureTableView page={page} caption={t('overview.tableCaption', { question })} table={table} />
      <Paragraph>{t('overview.suppressedNote')}</Paragraph>
      {chart && (
        <>
          <Heading2>{t('overview.chartTitle')}</Heading2>
          <Paragraph>{t('overview.chartText', { share: percent(release.target, locale) })}</Paragraph>
          <ScrollRegion label={t('overview.chartTitle')}>
            {/* Drawn by us; all texts in it are escaped. */}
            <div class="ge-chart" dangerouslySetInnerHTML={{ __html: chart.svg }} />
          </ScrollRegion>
          {chart.left.length > 0 && (
            <Paragraph>{t('overview.chartSkipped', { names: chart.left.join(', ') })}</Paragraph>
          )}
        </>
      )}
      <Heading2>{t('overview.facts')}</Heading2>
      <Facts page={page} release={release} period={figures.period} />
    </>
  );
}

function Quickscan({ page, scan }: { page: PageContext; scan: QuickscanFigures | undefined }) {
  const { t } = page;
  return (
    <>
      <Heading2>{t('overview.scanTitle')}</Heading2>
      <Paragraph>{scan ? t('overview.scanText') : t('overview.scanNone')}</Paragraph>
      {scan && <QuickscanTable page={page} {...scan} />}
    </>
  );
}

function Arena({ page: { locale, t }, gap }: { page: PageContext; gap: Gap | undefined }) {
  const text = gap
    ? t('overview.arenaText', {
        guess: decimal(gap.guess, locale),
        baseline: decimal(gap.baseline, locale),
        gap: decimal(gap.difference, locale),
      })
    : t('overview.arenaNone');
  return (
    <>
      <Heading2>{t('overview.arenaTitle')}</Heading2>
      <Paragraph>{text}</Paragraph>
    </>
  );
}

function Method({ page: { t } }: { page: PageContext }) {
  return (
    <>
      <Heading2>{t('overview.sureTitle')}</Heading2>
      <List items={[t('overview.sureText'), t('overview.sureVerdict'), t('overview.sureIndicative')]} />
      <Heading2>{t('overview.methodTitle')}</Heading2>
      <List
        items={[t('overview.methodThreshold'), t('overview.methodInterval'), t('overview.methodChannels')]}
      />
    </>
  );
}

function NewKeys({ page: { t }, newKeys }: Pick<OverviewPageProps, 'page' | 'newKeys'>) {
  return (
    <>
      <Heading2>{t('overview.newTitle')}</Heading2>
      <Paragraph>{t('overview.newText')}</Paragraph>
      <List items={newKeys.map(({ kind, key }) => `${t(`overview.kind.${kind}`)}: ${key}`)} />
    </>
  );
}
