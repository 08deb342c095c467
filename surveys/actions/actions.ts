import { randomBytes } from 'node:crypto';
import schema from '../../schemas/action.schema.json' with { type: 'json' };
import toldSchema from '../../schemas/action-told.schema.json' with { type: 'json' };
import type { NewAction } from '../../schemas/generated/action.ts';
import type { ActionTold } from '../../schemas/generated/action-told.ts';
import { type Fault, validator } from '../../schemas/validate.ts';
import { measuredQuestions } from '../aggregates/measured-questions.ts';
import { inAmsterdam, monthOf } from '../calendar.ts';
import type { Context } from '../context.ts';
import { publishedSurvey } from '../definitions/index.ts';
import { problem } from '../problems.ts';
import { findPersonalData } from '../responses/redaction.ts';
import { type Action, ActionModel, type Told } from './model.ts';

const check = validator<NewAction>(schema);
const checkTold = validator<ActionTold>(toldSchema);

/** The departments whose actions somebody may plan and follow; undefined: all. */
export type Within = readonly string[] | undefined;

/**
 * Plans an action.
 * @throws Problem `invalidBody` with all faults, also for a signal of a month to come and a measure without figures; or
 *   `otherDepartment`
 */
export async function planAction(ctx: Context, value: unknown, within?: Within): Promise<Action> {
  const checked = check(value);
  const faults = checked.ok ? await meaningFaults(ctx, checked.value) : checked.faults;
  if (!checked.ok || faults.length > 0) throw problem('invalidBody', { faults });
  if (within && !within.includes(checked.value.department)) throw problem('otherDepartment');
  const action: Action = {
    _id: randomBytes(12).toString('hex'),
    ...checked.value,
    plannedOn: dayOf(ctx),
    state: 'planned',
  };
  await ActionModel.insertOne(action);
  return action;
}

async function meaningFaults(ctx: Context, { signal, measure }: NewAction): Promise<Fault[]> {
  const faults: Fault[] = [];
  if (signal.month > monthOf(ctx.clock.now())) {
    faults.push({ pointer: '/signal/month', code: 'future', detail: 'must not lie in the future' });
  }
  if (measure) {
    const survey = await publishedSurvey(measure.survey);
    const known = survey && measuredQuestions(survey).some(({ key }) => key === measure.question);
    if (!known) faults.push({ pointer: '/measure', code: 'unknown', detail: 'there are no such figures' });
  }
  return faults;
}

/** Actions, those that are to be done first at the top; done and stopped ones last. */
export async function listActions(within?: Within): Promise<Action[]> {
  const actions = await ActionModel.find(reach(within)).lean();
  const rank = ({ state, by }: Action) => `${state === 'planned' ? 0 : 1}|${by}`;
  return actions.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** @throws Problem `notFound`, also for an action of another department */
export async function findAction(id: string, within?: Within): Promise<Action> {
  const action = await ActionModel.findOne({ _id: id, ...reach(within) }).lean();
  if (!action) throw problem('notFound');
  return action;
}

/**
 * Says that an action was done (today), or that it will not be. Told again it stays as it is: the day on which it was
 * done decides what is before and what after.
 */
export async function endAction(
  ctx: Context,
  id: string,
  state: 'done' | 'stopped',
  within?: Within,
): Promise<void> {
  await findAction(id, within);
  await ActionModel.updateOne(
    { _id: id, state: 'planned' },
    { $set: { state, ...(state === 'done' && { doneOn: dayOf(ctx) }) } },
  );
}

/**
 * Publishes what was done. Published again the text is replaced, and who follows the product is not mailed again.
 * @throws Problem `invalidBody` with all faults, also where the text holds personal data; `notFound` for an action that
 *   is not done
 */
export async function tellAction(ctx: Context, id: string, value: unknown, within?: Within): Promise<void> {
  const { state, told } = await findAction(id, within);
  if (state !== 'done') throw problem('notFound');
  const checked = checkTold(value);
  const faults = checked.ok ? personalDataFaults(checked.value) : checked.faults;
  if (!checked.ok || faults.length > 0) throw problem('invalidBody', { faults });
  const { on = dayOf(ctx), mailed = false } = told ?? {};
  await ActionModel.updateOne({ _id: id }, { $set: { told: { ...checked.value, on, mailed } } });
}

function personalDataFaults(told: ActionTold): Fault[] {
  return Object.entries(told).flatMap(([field, text]): Fault[] =>
    findPersonalData(text).length === 0
      ? []
      : [{ pointer: `/${field}`, code: 'personalData', detail: 'holds an address or number of somebody' }],
  );
}

/** What was published, the newest first: of one product, or of all. */
export async function toldActions(product?: string): Promise<(Action & Required<Pick<Action, 'told'>>)[]> {
  const actions = await ActionModel.find({
    'told.on': { $exists: true },
    ...(product !== undefined && { product }),
  }).lean();
  return actions
    .flatMap((action) => (action.told ? [{ ...action, told: action.told }] : []))
    .sort((a, b) => (a.told.on < b.told.on ? 1 : -1));
}

/** What was published last of a product. */
export async function newestTold(product: string): Promise<Told | undefined> {
  return (await toldActions(product))[0]?.told;
}

function reach(within: Within): object {
  return within ? { department: { $in: within } } : {};
}

function dayOf({ clock }: Context): string {
  return inAmsterdam(clock.now()).toISODate();
}
