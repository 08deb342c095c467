import type { CallbacksKept, OpenWish } from '../../../surveys/callbacks/index.ts';
import { dayText } from '../../staff/moments.ts';
import { StaffForm } from '../../staff/staff-form.tsx';
import { DataTable } from '../components/data-table.tsx';
import { Page } from '../components/page.tsx';
import { Alert, Heading1, Heading2, Link, List, Paragraph } from '../components/text.tsx';
import type { StaffPageContext } from '../page-context.ts';
import { CallbacksKeptTable } from './kept-table.tsx';

/** What became of the call that was just told of; `gone`: another told it before. */
export type CallbackOutcome = 'handled' | 'gone' | undefined;

interface CallbacksPageProps {
  page: StaffPageContext;
  wishes: OpenWish[];
  kept: CallbacksKept[];
  outcome: CallbackOutcome;
  /** Departments without an address for urgent wishes. */
  silent: string[];
  nameOf(department: string): string;
}

/** Who wants to be called, the most pressing first. */
export function CallbacksPage({ page, wishes, kept, outcome, silent, nameOf }: CallbacksPageProps) {
  const { t } = page;
  const overdue = wishes.filter((wish) => wish.overdue).length;
  return (
    <Page page={page} title={t('callbacks.title')} wide>
      <Heading1>{t('callbacks.title')}</Heading1>
      {outcome && (
        <Alert kind={outcome === 'handled' ? 'ok' : 'info'} title={t(`callbacks.${outcome}Title`)} focus>
          <Paragraph>{t(`callbacks.${outcome}`)}</Paragraph>
        </Alert>
      )}
      <Paragraph lead>
        {t('callbacks.waiting', { count: wishes.length })} {t('callbacks.overdue', { count: overdue })}
      </Paragraph>
      <Paragraph>{t('callbacks.text')}</Paragraph>
      {wishes.length > 0 && (
        <DataTable
          caption={t('callbacks.caption')}
          head={[
            t('callbacks.number'),
            t('overview.department'),
            t('callbacks.dueOn'),
            t('callbacks.state'),
            t('callbacks.done'),
          ]}
          rows={wishes.map((wish) => [
            <Link href={`tel:${wish.number}`}>{wish.number}</Link>,
            nameOf(wish.department),
            dayText(wish.dueOn, page.locale),
            <State page={page} wish={wish} />,
            <StaffForm
              page={page}
              action="/callbacks"
              submit={t('callbacks.handle')}
              about={t('callbacks.handleAbout', { number: wish.number })}
              secondary
            >
              <input type="hidden" name="id" value={wish.id} />
            </StaffForm>,
          ])}
        />
      )}
      {silent.length > 0 && (
        <>
          <Heading2>{t('callbacks.silentTitle')}</Heading2>
          <Paragraph>{t('callbacks.silent')}</Paragraph>
          <List items={silent} />
        </>
      )}
      <Heading2>{t('callbacks.keptTitle')}</Heading2>
      <CallbacksKeptTable page={page} kept={kept} nameOf={nameOf} />
    </Page>
  );
}

function State({ page: { t }, wish: { urgent, overdue } }: { page: StaffPageContext; wish: OpenWish }) {
  const words = [
    ...(urgent ? [t('callbacks.urgent')] : []),
    overdue ? t('callbacks.late') : t('callbacks.inTime'),
  ];
  return <>{urgent || overdue ? <strong>{words.join(', ')}</strong> : words.join(', ')}</>;
}
