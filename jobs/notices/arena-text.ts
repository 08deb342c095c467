import { facilitatorOf, findSession } from '../../surveys/client-arena/index.ts';
import type { Context } from '../../surveys/context.ts';
import { getMunicipality } from '../../surveys/municipality/index.ts';
import type { Notice } from '../../surveys/notices/index.ts';
import { formatDay, type MailSettings, type NoticeText } from '../mail/index.ts';

/**
 * Asks who led a client arena whether what was agreed was done.
 * @returns undefined when the address was erased: it has gone
 */
export async function arenaText(
  ctx: Context,
  { _id, about }: Notice,
  { baseUrl }: MailSettings,
): Promise<NoticeText | undefined> {
  const session = await findSession(about);
  const to = facilitatorOf(ctx, session);
  if (to === undefined) return undefined;
  return {
    kind: 'arenaCheck',
    to,
    language: 'nl',
    municipality: await getMunicipality(),
    url: `${baseUrl}/arenas/${about}`,
    messageKey: _id,
    values: { theme: session.theme, day: formatDay(new Date(`${session.date}T12:00:00Z`), 'nl') },
  };
}
