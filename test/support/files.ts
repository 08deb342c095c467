import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the suite a directory of its own. @returns writes a file in it and tells its path; without content, only the path. */
export function useDirectory(): (name: string, content?: string | Uint8Array) => string {
  let directory = '';
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'golden-ear-files-'));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));
  return (name, content) => {
    const path = join(directory, name);
    if (content !== undefined) writeFileSync(path, content);
    return path;
  };
}
