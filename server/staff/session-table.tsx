import { DataTable } from '../pages/components/data-table.tsx';
import type { StaffPageContext } from '../pages/page-context.ts';
import { momentText } from './moments.ts';
import type { Session } from './sessions.ts';
import { StaffForm } from './staff-form.tsx';

interface SessionTableProps {
  page: StaffPageContext;
  sessions: Session[];
  /** The path that ends the session named in the form; without it they are only shown. */
  action?: string;
}

/** Open sessions, each with a button that ends it where that may be done. */
export function SessionTable({ page, sessions, action }: SessionTableProps) {
  const { locale, t, staff } = page;
  return (
    <DataTable
      caption={t('sessions.caption')}
      head={[
        t('sessions.started'),
        t('sessions.lastSeen'),
        t('sessions.ends'),
        ...(action === undefined ? [] : [t('sessions.end')]),
      ]}
      rows={sessions.map(({ _id, startedAt, lastSeenAt, endsAt }) => {
        const started = momentText(startedAt, locale);
        return [
          _id === staff.session._id ? `${started} (${t('sessions.this')})` : started,
          momentText(lastSeenAt, locale),
          momentText(endsAt, locale),
          ...(action === undefined
            ? []
            : [
                <StaffForm page={page} action={action} submit={t('sessions.end')} about={started} secondary>
                  <input type="hidden" name="session" value={_id} />
                </StaffForm>,
              ]),
        ];
      })}
    />
  );
}
