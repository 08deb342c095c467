export { eraseOldWishes } from './counts.ts';
export { type CallbacksKept, callbackFloor, callbacksKept } from './kept.ts';
export { overdueWishes } from './overdue.ts';
export { type CallbackPolicy, callbackPolicy } from './policy.ts';
export {
  eraseWishesOf,
  handleWish,
  type OpenWish,
  openWishes,
  promisedTo,
  recordWish,
  withdrawWish,
} from './wishes.ts';
