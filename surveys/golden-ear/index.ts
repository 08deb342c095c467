export { type Level, levelOf, levels } from './levels.ts';
export {
  asWellWithin,
  type GapVerdict,
  type OnScale,
  type PerceptionGap,
  perceptionGap,
} from './perception-gap.ts';
export * from './rounds/index.ts';
export { goldenEarScore, type Score } from './score.ts';
