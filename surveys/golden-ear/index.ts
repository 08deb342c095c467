export { type Level, levelOf, levels } from './levels.ts';
export { goldenEarScore, type Score } from './score.ts';
