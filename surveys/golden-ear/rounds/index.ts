export { eraseRecipient, recipientToMail } from './addresses.ts';
export { carryOnRounds, roundsDue } from './carry-on.ts';
export type { Round, RoundRelease } from './model.ts';
export { openRound, quickscan } from './open-round.ts';
export { type RoundResult, roundResult } from './result.ts';
export {
  closeRound,
  findRound,
  listRounds,
  type RoundState,
  type RoundView,
  remindRound,
  viewRound,
} from './rounds.ts';
