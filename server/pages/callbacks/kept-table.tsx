import { type CallbacksKept, callbackFloor } from '../../../surveys/callbacks/index.ts';
import { DataTable } from '../components/data-table.tsx';
import { Paragraph } from '../components/text.tsx';
import { percent } from '../overview/figures.ts';
import type { PageContext } from '../page-context.ts';

interface CallbacksKeptTableProps {
  page: PageContext;
  kept: CallbacksKept[];
  nameOf(department: string): string;
}

/** How departments kept their promise to call back, per quarter that is over. */
export function CallbacksKeptTable({ page: { locale, t }, kept, nameOf }: CallbacksKeptTableProps) {
  if (kept.length === 0) return <Paragraph>{t('callbacks.keptNone')}</Paragraph>;
  return (
    <>
      <DataTable
        caption={t('callbacks.keptCaption')}
        head={[t('overview.department'), t('callbacks.quarter'), t('callbacks.share'), t('callbacks.due')]}
        rows={kept.map(({ department, quarter, kept: figure }) => [
          nameOf(department),
          quarter,
          figure ? percent(figure.share, locale) : t('overview.suppressed'),
          figure ? figure.due : t('overview.suppressed'),
        ])}
      />
      <Paragraph>{t('callbacks.keptText', { count: callbackFloor })}</Paragraph>
    </>
  );
}
