import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  path: string;
  /** Fills it but for so many megabytes. */
  leave(megabytes: number): void;
  /** Takes away what filled it. */
  free(): void;
  /** Unmounts and removes it; what is open there must be closed before. */
  remove(): void;
}

/** A file system of so many megabytes of its own, in memory. Throws where it may not be mounted. */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'golden-ear-disk-'));
  const mount = (...args: string[]) => {
    const { status, stderr } = spawnSync('mount', [...args, path]);
    if (status !== 0) throw new Error(`No disk could be mounted: ${stderr ?? 'there is no mount'}`);
  };
  const ballast = join(path, 'ballast');
  try {
    mount('-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'golden-ear-test');
  } catch (error) {
    rmSync(path, { recursive: true });
    throw error;
  }
  return {
    path,
    leave(free) {
      const { bavail, bsize } = statfsSync(path);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize - free * 1024 * 1024));
    },
    free: () => rmSync(ballast),
    remove() {
      spawnSync('umount', [path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Why tests can't have a small disk here; empty when they can. Only root may mount one. */
export function whyNoSmallDisk(): string {
  try {
    mountSmallDisk(1).remove();
    return '';
  } catch {
    return 'skipped, no disk may be mounted here';
  }
}
