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
export { differenceOfDifferences, type Effect, effectOf, type KnownEffect } from './effect.ts';
export { type Action, ActionModel, type ActionState, actionStates, type Told } from './model.ts';
