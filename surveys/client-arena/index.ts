export { arenaGap, type Gap } from './gap.ts';
