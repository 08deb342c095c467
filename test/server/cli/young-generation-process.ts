import {
  hasYoungGenerationSize,
  runWithSmallYoungGeneration,
} from '../../../server/cli/small-young-generation.ts';

/** Says how it was started, in a process whose young generation is small. */
if (hasYoungGenerationSize()) {
  console.log(JSON.stringify([process.execArgv[0], process.argv[2]]));
  process.exitCode = 3;
} else await runWithSmallYoungGeneration();
