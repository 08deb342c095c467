import { readFile } from 'node:fs/promises';
import { BadUse, existingFile } from './run.ts';

/** The value in a JSON file. @throws BadUse when there is no such file or it holds no JSON. */
export async function readJson(file: string): Promise<unknown> {
  const text = await readFile(existingFile(file), 'utf8');
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new BadUse(`${file} is not valid JSON`);
  }
}
