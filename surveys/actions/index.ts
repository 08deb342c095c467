export {
  endAction,
  findAction,
  listActions,
  newestTold,
  planAction,
  tellAction,
  toldActions,
  type Within,
} from './actions.ts';
export { differenceOfDifferences, type KnownEffect } from './compare-around.ts';
export { type Effect, effectOf } from './effect.ts';
export { type Action, ActionModel, type ActionState, type Told } from './model.ts';
export { isOverdue, overdueActions } from './overdue.ts';
