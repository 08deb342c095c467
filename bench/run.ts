import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

/**
 * `npm run bench -- [name]`: runs bench/NAME.ts (all of them without a name), each in a process of its own.
 * Each prints one JSON object per figure: `{name, value, unit, baseline, ratio}`; the ratio is taken within one run.
 */
const here = new URL('.', import.meta.url).pathname;
const names = readdirSync(here)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.replace('.ts', ''));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark named ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : names) {
  // The young generation is as large as where the product runs (package.json, deploy/).
  const imports = ['tsx', `${here}../test/support/tsx-in-threads.mjs`].flatMap((one) => ['--import', one]);
  const args = ['--max-semi-space-size=8', ...imports, `${here}${name}.ts`];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
