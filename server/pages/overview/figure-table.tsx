import type { PageContext } from '../page-context.ts';
import { decimal, type Figure, type FigureTable, percent } from './figures.ts';

interface FigureTableProps {
  page: PageContext;
  caption: string;
  table: FigureTable;
}

/** Departments down, channels across, totals at the ends. What is hidden says so, in words and not by colour alone. */
export function FigureTableView({ page, caption, table }: FigureTableProps) {
  const { t } = page;
  const columns = [...table.channels, { key: undefined, name: t('overview.total') }];
  const rows = [
    ...table.departments,
    ...(table.totals ? [{ key: undefined, name: t('overview.total') }] : []),
  ];
  return (
    <ScrollRegion label={caption}>
      <table class="utrecht-table utrecht-table--html-table">
        <caption class="utrecht-table__caption">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('overview.department')}</th>
            {columns.map(({ name }) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((department) => (
            <tr>
              <th scope="row">{department.name}</th>
              {columns.map((channel) => (
                <FigureCell page={page} figure={table.figure(department.key, channel.key)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** A table that is wider than the screen scrolls in its own frame, also by keyboard. */
export function ScrollRegion({ label, children }: { label: string; children: preact.ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="ge-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

function FigureCell({ page: { locale, t }, figure }: { page: PageContext; figure: Figure | undefined }) {
  if (!figure) return <td>–</td>;
  const { responses, satisfied, satisfiedInterval, mean, verdict, status } = figure;
  if (status === 'suppressed' || responses === undefined)
    return <td class="ge-cell--suppressed">{t('overview.suppressed')}</td>;
  const notes = [t('overview.responses', { count: responses })];
  if (satisfiedInterval) {
    const [low, high] = satisfiedInterval.map((share) => percent(share, locale)) as [string, string];
    notes.push(t('overview.interval', { low, high }));
  }
  if (figure.dissatisfied !== undefined) {
    notes.push(t('overview.dissatisfied', { share: percent(figure.dissatisfied, locale) }));
  }
  if (status === 'indicative') notes.push(t('overview.indicative'));
  return (
    <td class={verdict && verdict !== 'undecided' ? `ge-cell--${verdict}` : undefined}>
      <span class="ge-cell__main">{mainFigure(satisfied, mean, { locale, t })}</span>
      {verdict && <span class="ge-cell__verdict">{t(`overview.verdict.${verdict}`)}</span>}
      {notes.map((note) => (
        <span class="ge-cell__note">{note}</span>
      ))}
    </td>
  );
}

function mainFigure(
  satisfied: number | undefined,
  mean: number | undefined,
  { locale, t }: Pick<PageContext, 'locale' | 't'>,
): string {
  if (satisfied !== undefined) return percent(satisfied, locale);
  return mean === undefined ? t('overview.noAnswers') : t('overview.mean', { mean: decimal(mean, locale) });
}
