import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { compileFromFile } from 'json-schema-to-typescript';

/**
 * Makes schemas/generated/NAME.ts of every schemas/NAME.schema.json, and schemas/generated/catalog/NAME.ts, the
 * type of an answer set, of every built-in survey. With `--check` nothing is written: exit code 1 when a
 * generated file is missing or stale.
 */
const root = new URL('..', import.meta.url).pathname;
const check = process.argv.includes('--check');
const stale: string[] = [];

for (const [folder, ending, targetFolder] of [
  ['schemas', '.schema.json', 'schemas/generated'],
  ['surveys/catalog', '.json', 'schemas/generated/catalog'],
] as const) {
  mkdirSync(root + targetFolder, { recursive: true });
  for (const file of readdirSync(root + folder).filter((name) => name.endsWith(ending))) {
    const target = `${root}${targetFolder}/${file.replace(ending, '.ts')}`;
    const made = await compileFromFile(`${root}${folder}/${file}`, {
      cwd: root + folder,
      additionalProperties: false,
      bannerComment: `/* Made from ${folder}/${file} by "npm run generate". Do not edit. */`,
      style: { singleQuote: true, printWidth: 110 },
    });
    if (made === currentText(target)) continue;
    if (check) stale.push(target);
    else writeFileSync(target, made);
  }
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
