export { addCard, agree, cardsOf, removeCard } from './board.ts';
export { arenasDue, carryOnArenas, closeSession } from './close.ts';
export * from './gap.ts';
export {
  type ArenaCard,
  type ArenaForm,
  type ArenaSession,
  ArenaSessionModel,
  arenaFormKeys,
  type Column,
  columns,
} from './model.ts';
export { type ArenaFigure, type ArenaResult, arenaResult } from './result.ts';
export { eraseFacilitator, facilitatorOf, findSession, listSessions, planSession } from './sessions.ts';
