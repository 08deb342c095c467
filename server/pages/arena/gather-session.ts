import { ActionModel } from '../../../surveys/actions/index.ts';
import { inAmsterdam } from '../../../surveys/calendar.ts';
import {
  type ArenaForm,
  type ArenaSession,
  arenaFormKeys,
  arenaResult,
  cardsOf,
} from '../../../surveys/client-arena/index.ts';
import type { Context } from '../../../surveys/context.ts';
import { displayNames } from '../../../surveys/municipality/index.ts';
import { problem } from '../../../surveys/problems.ts';
import {
  codeOf,
  countSharedAnswers,
  qrSvg,
  SharedLinkModel,
  sharedLinkUrl,
  stateOf,
} from '../../../surveys/shared-links/index.ts';
import type { StaffPageContext } from '../page-context.ts';
import type { FormToHandOut, SessionView } from './session-view.ts';

/** Reads all that is shown of a session. */
export async function gatherSession(
  ctx: Context,
  baseUrl: string,
  session: ArenaSession,
  { locale, t }: StaffPageContext,
): Promise<SessionView> {
  const handOut = async (form: ArenaForm): Promise<FormToHandOut> => {
    const link = await SharedLinkModel.findById(session.links[form]).lean();
    if (!link) throw problem('internal', { detail: 'A link of the session is not there.' });
    const code = codeOf(ctx, link);
    return {
      form,
      code,
      path: `/r/${code}`,
      qr: await qrSvg(sharedLinkUrl(baseUrl, code), `${t('cards.qr')}: ${t(`arena.form.${form}`)}`),
      state: stateOf(link, ctx.clock.now()),
      answers: (await countSharedAnswers(ctx, link)).counted,
    };
  };
  const [names, forms, cards, actions, result] = await Promise.all([
    displayNames('department', locale),
    Promise.all(arenaFormKeys.map(handOut)),
    cardsOf(session._id),
    ActionModel.find({ _id: { $in: session.actions } }).lean(),
    arenaResult(session),
  ]);
  return {
    session,
    department: names.get(session.department) ?? session.department,
    forms,
    cards,
    actions: actions.sort((a, b) => (a.by < b.by ? -1 : 1)),
    result,
    checkDue: session.checkOn <= inAmsterdam(ctx.clock.now()).toISODate(),
  };
}
