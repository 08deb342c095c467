import { spawnSync } from 'node:child_process';

/**
 * Looks through every file of the repository for secrets that were committed by mistake: what secretlint's recommended
 * rules know, and API keys of this program (.secretlintrc.json). Exit code 1 when there are any. Lock files hold hashes.
 */
const root = new URL('../..', import.meta.url).pathname;
const listed = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
const files = listed.stdout
  .split('\0')
  .filter((name) => name !== '' && !/(package-lock\.json|go\.sum|\.png)$/.test(name));

/** It keeps a mark of each file and searches them all for each mark: in one go, most of its time is that. */
const atATime = 200;
for (let start = 0; start < files.length; start += atATime) {
  const some = files.slice(start, start + atATime);
  const found = spawnSync('node_modules/.bin/secretlint', ['--no-glob', ...some], {
    cwd: root,
    stdio: 'inherit',
  });
  if (found.status !== 0) process.exitCode = found.status ?? 1;
}
