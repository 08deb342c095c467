import { endAction, planAction, tellAction } from '../../../surveys/actions/index.ts';
import type { Context } from '../../../surveys/context.ts';

/** Plans an action about a product, ends it and tells residents of it. @returns its id */
export async function tellOfEvenings(ctx: Context, product: string): Promise<string> {
  const { _id } = await planAction(ctx, {
    department: 'burgerzaken',
    product,
    signal: { kind: 'cell', month: '2026-02', about: 'Lange wachttijd' },
    what: 'Avondopening',
    owner: 'Eva',
    by: '2026-03-31',
  });
  await endAction(ctx, _id, 'done');
  await tellAction(ctx, _id, { said: 'Het duurde lang.', did: 'Wij zijn nu ook in de avond open.' });
  return _id;
}
