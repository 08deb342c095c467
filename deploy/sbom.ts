import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Package {
  name: string;
  devDependencies?: Record<string, string>;
}

interface Lock {
  packages: Record<string, object & { dev?: boolean }>;
}

/**
 * Prints what the product is made of, as CycloneDX JSON: every package of package-lock.json but those that only
 * development needs. `npm sbom --omit dev` also leaves out what the product shares with development (npm 11.19), so
 * npm is shown the product without its development.
 */
function printComponents(): void {
  const { devDependencies: _ofDevelopment, ...product } = read<Package>('package.json');
  const lock = read<Lock>('package-lock.json');
  const packages = Object.entries(lock.packages).filter(([, { dev }]) => dev !== true);
  const own = { ...lock, packages: { ...Object.fromEntries(packages), '': product } };
  const scratch = mkdtempSync(join(tmpdir(), 'golden-ear-sbom-'));
  // npm names the whole by its directory.
  const directory = join(scratch, product.name);
  try {
    mkdirSync(directory);
    writeFileSync(join(directory, 'package.json'), JSON.stringify(product));
    writeFileSync(join(directory, 'package-lock.json'), JSON.stringify(own));
    const list = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
    process.stdout.write(execFileSync('npm', list, { cwd: directory, stdio: ['ignore', 'pipe', 'inherit'] }));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
}

printComponents();
