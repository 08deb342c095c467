import { type Column, columns } from '../../../surveys/client-arena/index.ts';
import { StaffForm } from '../../staff/staff-form.tsx';
import { TextField } from '../components/fields.tsx';
import { Heading2, Paragraph } from '../components/text.tsx';
import type { StaffPageContext } from '../page-context.ts';
import type { SessionView } from './session-view.ts';

interface BoardProps {
  page: StaffPageContext;
  view: SessionView;
  /** With forms to add and remove cards; without them it is for the report. */
  open: boolean;
}

/** The board: what goes well, bottlenecks, wishes. Cards have no names. */
export function BoardPart({ page, view, open }: BoardProps) {
  const { t } = page;
  return (
    <>
      <Heading2>{t('arena.board')}</Heading2>
      {open && <Paragraph>{t('arena.boardHow')}</Paragraph>}
      <div class="ge-board">
        {columns.map((column) => (
          <section class="ge-board__column" aria-labelledby={`column-${column}`}>
            <h3 class="utrecht-heading-3" id={`column-${column}`}>
              {t(`arena.column.${column}`)}
            </h3>
            <Cards page={page} view={view} column={column} open={open} />
            {open && (
              <StaffForm
                page={page}
                action={`/arenas/${view.session._id}/cards/${column}`}
                submit={t('arena.addCard')}
                about={t(`arena.column.${column}`)}
                secondary
              >
                <TextField id={`text-${column}`} label={t('arena.newCard')} maxLength={300} required />
              </StaffForm>
            )}
          </section>
        ))}
      </div>
    </>
  );
}

function Cards({ page, view, column, open }: BoardProps & { column: Column }) {
  const cards = view.cards.filter((card) => card.column === column);
  if (cards.length === 0) return <p class="ge-quiet">{page.t('arena.noCards')}</p>;
  return (
    <ul class="ge-board__cards">
      {cards.map(({ _id, text }) => (
        <li class="ge-board__card">
          <p>{text}</p>
          {open && (
            <StaffForm
              page={page}
              action={`/arenas/${view.session._id}/cards/${_id}/remove`}
              submit={page.t('arena.removeCard')}
              about={text}
              secondary
            />
          )}
        </li>
      ))}
    </ul>
  );
}
