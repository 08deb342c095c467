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
const found = spawnSync('node_modules/.bin/secretlint', ['--no-glob', ...files], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = found.status ?? 1;
