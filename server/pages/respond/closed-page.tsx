import { Link, Paragraph } from '../components/text.tsx';
import type { TextKey } from '../i18n.ts';
import { MessagePage } from '../message-page.tsx';
import type { PageContext } from '../page-context.ts';

/** Why a link leads to no form. `unknown`: not ours, or not whole. `elsewhere`: answered through another mail. */
export type Closed = 'unknown' | 'closed' | 'elsewhere';

export const closedStatus = { unknown: 404, closed: 410, elsewhere: 409 } as const satisfies Record<
  Closed,
  number
>;

const texts = {
  unknown: ['closed.unknownTitle', 'closed.unknownText'],
  closed: ['closed.expiredTitle', 'closed.expiredText'],
  elsewhere: ['closed.finishedTitle', 'closed.finishedText'],
} as const satisfies Record<Closed, readonly [TextKey, TextKey]>;

/** A friendly page instead of the form. What was answered before can still be deleted. */
export function ClosedPage({
  page,
  why,
  deletePath,
}: {
  page: PageContext;
  why: Closed;
  deletePath?: string;
}) {
  const [title, text] = texts[why];
  return (
    <MessagePage page={page} title={title} texts={[text, 'closed.talk']}>
      {deletePath && (
        <Paragraph>
          <Link href={deletePath}>{page.t('form.delete')}</Link>
        </Paragraph>
      )}
    </MessagePage>
  );
}
