import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Applies each patch of this folder to a copy of HEAD and runs the test that the patch names in its first
 * lines (`Test: FILE` and `Grep: TITLE`). The test must pass before the patch and fail after it: a protection
 * whose removal no test notices is not protected. One argument limits the run to patches whose name contains it.
 */
const root = new URL('../..', import.meta.url).pathname;
const here = join(root, 'test/mutations');
const wanted = process.argv[2] ?? '';
const patches = readdirSync(here).filter((name) => name.endsWith('.patch') && name.includes(wanted));

let failed = 0;
for (const patch of patches) {
  const verdict = tryPatch(join(here, patch));
  if (verdict !== 'noticed') failed += 1;
  console.log(`${verdict === 'noticed' ? 'good' : 'FAILED'}  ${patch}: ${verdict}`);
}
console.log(`${patches.length - failed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed > 0 ? 1 : 0;

function tryPatch(path: string): string {
  const text = readFileSync(path, 'utf8');
  const file = /^Test: (.+)$/m.exec(text)?.[1];
  const grep = /^Grep: (.+)$/m.exec(text)?.[1];
  if (!file) return 'names no test';
  const copy = mkdtempSync(join(tmpdir(), 'golden-ear-mutation-'));
  try {
    run('git', ['worktree', 'add', '--detach', '--force', copy, 'HEAD'], root);
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const test = ['mocha', '--spec', file, ...(grep ? ['--grep', grep] : [])];
    if (run('npx', test, copy) !== 0) return 'the test fails without the patch';
    if (run('git', ['apply', path], copy) !== 0) return 'does not apply';
    return run('npx', test, copy) === 0 ? 'not noticed' : 'noticed';
  } finally {
    run('git', ['worktree', 'remove', '--force', copy], root);
    rmSync(copy, { recursive: true, force: true });
  }
}

function run(command: string, args: string[], cwd: string): number | null {
  return spawnSync(command, args, { cwd, stdio: 'ignore' }).status;
}
