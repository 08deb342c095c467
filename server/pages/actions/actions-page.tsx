import { type Action, isOverdue } from '../../../surveys/actions/index.ts';
import { dayText } from '../../staff/moments.ts';
import { DataTable } from '../components/data-table.tsx';
import { Page } from '../components/page.tsx';
import { Heading1, Link, Paragraph } from '../components/text.tsx';
import type { StaffPageContext } from '../page-context.ts';

interface ActionsPageProps {
  page: StaffPageContext;
  actions: Action[];
  /** The current day, `2026-03-10`. */
  today: string;
  nameOf(department: string): string;
}

/** All actions of the departments that somebody may see. */
export function ActionsPage({ page, actions, today, nameOf }: ActionsPageProps) {
  const { locale, t } = page;
  const state = (action: Action) => {
    if (action.told) return t('actions.state.told');
    return t(isOverdue(action, today) ? 'actions.state.overdue' : `actions.state.${action.state}`);
  };
  return (
    <Page page={page} title={t('actions.title')} wide>
      <Heading1>{t('actions.title')}</Heading1>
      <Paragraph lead>{t('actions.lead')}</Paragraph>
      <Paragraph>
        <Link href={`/actions/new?lang=${locale}`}>{t('actions.newTitle')}</Link>
      </Paragraph>
      {actions.length === 0 ? (
        <Paragraph>{t('actions.empty')}</Paragraph>
      ) : (
        <DataTable
          caption={t('actions.caption')}
          head={[
            t('actions.what'),
            t('overview.department'),
            t('actions.owner'),
            t('actions.by'),
            t('actions.state'),
          ]}
          rows={actions.map((action) => [
            <Link href={`/actions/${action._id}?lang=${locale}`}>{action.what}</Link>,
            nameOf(action.department),
            action.owner,
            dayText(action.by, locale),
            state(action),
          ])}
        />
      )}
    </Page>
  );
}
