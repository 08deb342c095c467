export { type Level, levelOf } from './levels.ts';
export {
  type GapVerdict,
  type OnScale,
  type PerceptionGap,
  perceptionGap,
} from './perception-gap.ts';
export * from './rounds/index.ts';
export { goldenEarScore, type Score } from './score.ts';
