import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { compileFromFile } from 'json-schema-to-typescript';

/**
 * Makes schemas/generated/NAME.ts of every schemas/NAME.schema.json. With `--check` nothing is written:
 * exit code 1 when a generated file is missing or stale.
 */
const here = new URL('.', import.meta.url).pathname;
const check = process.argv.includes('--check');
const stale: string[] = [];

for (const file of readdirSync(here).filter((name) => name.endsWith('.schema.json'))) {
  const target = `${here}generated/${file.replace('.schema.json', '.ts')}`;
  const made = await compileFromFile(here + file, {
    cwd: here,
    additionalProperties: false,
    bannerComment: `/* Made from schemas/${file} by "npm run generate". Do not edit. */`,
    style: { singleQuote: true, printWidth: 110 },
  });
  if (made === currentText(target)) continue;
  if (check) stale.push(target);
  else writeFileSync(target, made);
}

if (stale.length > 0) {
  console.error(`Stale, run "npm run generate": ${stale.join(', ')}`);
  process.exitCode = 1;
}

function currentText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
