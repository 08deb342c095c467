import { Page } from '../components/page.tsx';
import { Heading1, Link, Paragraph } from '../components/text.tsx';
import type { StaffPageContext } from '../page-context.ts';
import { AgreementsPart } from './agreements-part.tsx';
import { BoardPart } from './board-part.tsx';
import { ResultPart } from './result-part.tsx';
import { SessionFacts } from './session-page.tsx';
import type { SessionView } from './session-view.ts';

/** The report of a session, to print and to give to who took part: no name of a resident stands in it. */
export function ReportPage({ page, view }: { page: StaffPageContext; view: SessionView }) {
  const { locale, t } = page;
  const { session } = view;
  return (
    <Page page={page} title={`${t('arena.report')}: ${session.theme}`} wide paper>
      <Heading1>{`${t('arena.report')}: ${session.theme}`}</Heading1>
      <div class="ge-no-print">
        <Paragraph>{t('arena.reportHow')}</Paragraph>
        <Paragraph>
          <Link href={`/arenas/${session._id}?lang=${locale}`}>{t('arena.back')}</Link>
        </Paragraph>
      </div>
      <SessionFacts page={page} view={view} />
      <Paragraph>{t('arena.reportText')}</Paragraph>
      <BoardPart page={page} view={view} open={false} />
      <AgreementsPart page={page} view={view} />
      <ResultPart page={page} result={view.result} closed={session.closed} />
      <Paragraph>{t('arena.reportEnd')}</Paragraph>
    </Page>
  );
}
