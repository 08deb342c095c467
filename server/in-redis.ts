/** What of the door speaks to Redis: loaded only where there is one, since it takes ten megabytes. */
export { openQueueBoard } from './operation/queue-board.ts';
export { openSharedCounts } from './protection/shared-counts.ts';
